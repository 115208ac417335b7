"""Which copies of a register somebody takes out on a page."""

from kheo.core.registers.copies import Copy, takers
from kheo.core.registers.models import RegisterDefinition
from kheo.core.workflow import Role
from kheo.org.access import Person


def copies_to_take(person: Person, definition: RegisterDefinition) -> tuple[Copy, ...]:
    """Beside the whole one, which whoever reads the register takes: of what this person reads."""
    held = {Role(post.role) for post in person.posts}
    return tuple(copy for copy in (Copy.PUBLIC, Copy.JUDGES) if held & takers(definition, copy))
