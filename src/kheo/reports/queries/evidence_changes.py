"""How the evidence of two submissions differs: what came, what went, and whose caption says something else."""

from dataclasses import dataclass

from kheo.reports.models import Revision
from kheo.reports.queries.evidence import Proof, evidence_sent


@dataclass(frozen=True)
class ProofChange:
    """One file: only with the later submission (`before` is None), only with the earlier one, or with both under another caption."""

    before: Proof | None
    after: Proof | None

    @property
    def proof(self) -> Proof:
        """The file as it stood last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of no file")
        return found


def evidence_changes(old: Revision, new: Revision) -> tuple[ProofChange, ...]:
    """File by file, never by name: telephones call every photograph alike. Those that went first; nothing is asked of the database."""
    then, now = ({proof.id: proof for proof in evidence_sent(each)} for each in (old, new))
    went = [ProofChange(proof, None) for key, proof in then.items() if key not in now]
    stayed = [(then.get(key), proof) for key, proof in now.items()]
    return (*went, *(ProofChange(before, after) for before, after in stayed if before != after))
