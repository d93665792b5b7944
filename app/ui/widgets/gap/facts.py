"""What was said and shown about the question behind a gap."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.answers import Answer
from app.domain.audit import Audit
from app.domain.gaps import Gap, gap_place
from app.domain.ids import GapKey
from app.ui.models.gap.words import answer_of, level_text, proof_text, question_of, said_text
from app.ui.models.targets import person_name, target_name
from app.ui.page import Bench, label


class GapFacts(QWidget):
    """What was said and shown about the question of one gap."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk, self._words = bench.desk, bench.words
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._rows: dict[str, tuple[QLabel, QLabel]] = {}
        for name, title in (
            ("question", self.tr("Question")),
            ("answer", self.tr("What was answered")),
            ("people", self.tr("Who said what")),
            ("note", self.tr("Note of the answer")),
            ("proof", self.tr("Shown")),
            ("evidence", self.tr("Evidence")),
            ("ask", self.tr("To show")),
            ("find_out", self.tr("Who finds out")),
            ("merged", self.tr("Merged")),
        ):
            caption, text = label(title, "section"), label("")
            caption.setContentsMargins(0, 8, 0, 0)
            self._rows[name] = caption, text
            self._column.addWidget(caption)
            self._column.addWidget(text)

    def show_gap(self, gap: Gap | None) -> None:
        texts = self._texts(gap) if gap else {}
        for name, (caption, text) in self._rows.items():
            said = texts.get(name, "")
            text.setText(said)
            for widget in (caption, text):
                widget.setVisible(bool(said))

    def _texts(self, gap: Gap) -> dict[str, str]:
        audit, words = self._desk.audit, self._words
        question = question_of(audit, gap.question)
        answer = answer_of(audit, gap) or Answer()
        if question is None:
            return {}
        said = answer.settled
        texts = {
            "question": question.text,
            "answer": level_text(question, gap.level, words),
            "people": "\n".join(self._voices(audit, answer)),
            "note": answer.note,
            "evidence": "\n".join(self._evidence(audit, gap)),
            "ask": question.evidence,
            "merged": self._merged(audit, gap),
        }
        if said:
            backed = said_text(audit, said, words)
            texts["answer"] = f"{texts['answer']}\n{backed}" if said.level is not None else backed
            texts["proof"] = proof_text(said, words)
        if answer.find_out:
            who = person_name(audit, answer.find_out.who, words) or words("label.nobody_yet")
            by = answer.find_out.by
            texts["find_out"] = f"{who}, {words.short_date(by)}" if by else who
        return texts

    def _voices(self, audit: Audit, answer: Answer) -> list[str]:
        return [
            f"{person_name(audit, person, self._words)}: {said_text(audit, said, self._words)}"
            for person, said in sorted(answer.individual.items())
        ]

    def _evidence(self, audit: Audit, gap: Gap) -> list[str]:
        found = audit.evidence.get(gap.target, {})
        return [
            ", ".join(p for p in (e.title, e.place, e.seen_by, e.note) if p)
            for _, e in sorted(found.items())
            if e.question == gap.question
        ]

    def _merged(self, audit: Audit, gap: Gap) -> str:
        note = audit.gap_notes.get(gap.key)
        if note and note.merged_into:
            return self.tr("Counted as part of {0}").format(self._name(audit, note.merged_into))
        parts = [k for k, n in sorted(audit.gap_notes.items()) if n.merged_into == gap.key]
        names = "\n".join(self._name(audit, key) for key in parts)
        return self.tr("Holds these too:\n{0}").format(names) if parts else ""

    def _name(self, audit: Audit, key: GapKey) -> str:
        question, target = gap_place(key)
        return f"{question}, {target_name(audit, target, self._words)}"
