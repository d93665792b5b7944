import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** Checks PDF files against PDF/UA-1 and PDF/A-3a; prints one line a rule that is broken. */
public final class Conformance {
    private static final String PROFILES = "org/verapdf/pdfa/validation/";
    private static final Map<String, String> FLAVOURS = Map.of("ua1", "PDFUA-1.xml", "3a", "PDFA-3A.xml");
    private static final int MOST_CHECKS = 1_000_000;

    private Conformance() {}

    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        boolean sound = true;
        for (String file : files) {
            for (Map.Entry<String, String> flavour : FLAVOURS.entrySet()) {
                sound &= conforms(foundry, file, flavour.getKey(), flavour.getValue());
            }
        }
        System.exit(sound ? 0 : 1);
    }

    private static boolean conforms(VeraPDFFoundry foundry, String file, String flavour, String name)
            throws Exception {
        ClassLoader loader = Conformance.class.getClassLoader();
        try (InputStream rules = loader.getResourceAsStream(PROFILES + name);
                InputStream input = new FileInputStream(file)) {
            ValidationProfile profile = Profiles.profileFromXml(rules);
            try (PDFAParser parser = foundry.createParser(input, PDFAFlavour.fromString(flavour));
                    PDFAValidator validator =
                            foundry.createValidator(profile, MOST_CHECKS, false, true, false)) {
                ValidationResult result = validator.validate(parser);
                boolean sound = result.isCompliant();
                System.out.println((sound ? "sound " : "broken ") + flavour + " " + file);
                for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
                    RuleId rule = failed.getKey();
                    String text = profile.getRuleByRuleId(rule).getDescription().replace('\n', ' ');
                    System.out.println("  " + rule.getClause() + "-" + rule.getTestNumber()
                            + " x" + failed.getValue() + ": " + text);
                }
                return sound;
            }
        }
    }
}
