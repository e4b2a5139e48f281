"""Sources in: one module for one publisher's format, each yielding statements with nothing lost."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ..errors import LoadError, NotFoundError
from .au_dfat import AuDfat
from .bods import Bods
from .ca_sema import CaSema
from .ch_seco import ChSeco
from .cn_mofcom import CnMofcom
from .demo import Demo
from .eu_fsf import EuFsf
from .eu_vessels import EuVessels
from .jp_meti import JpMeti
from .nz_mfat import NzMfat
from .ofac_sdn import OfacSdn
from .source import Harvest, Loader, Quarantined, Record, RecordError, Snapshot, Source
from .uk_sl import UkSl
from .un_sc import UnSc
from .us_csl import UsCsl

LOADERS: tuple[Loader, ...] = (
    OfacSdn(),
    UsCsl(),
    EuFsf(),
    EuVessels(),
    UnSc(),
    UkSl(),
    ChSeco(),
    AuDfat(),
    NzMfat(),
    CaSema(),
    JpMeti(),
    CnMofcom(),
    Bods(),
    Demo(),
)

__all__ = [
    "LOADERS",
    "Harvest",
    "Loader",
    "Quarantined",
    "Record",
    "RecordError",
    "Snapshot",
    "Source",
    "load",
    "loader_of",
]


def load(loader: Loader, files: Sequence[Path], taken: date) -> Harvest:
    """Return the harvest of a snapshot; its statements are made while they are drawn with `harvest.statements(loader)`.

    Args:
        loader: The loader for the publisher's format.
        files: The files of the publication.
        taken: The day on which the publication stood like this.

    Raises:
        LoadError: There are no files, or one of them is not there.
    """
    if not files:
        raise LoadError("there are no files to load", where=loader.source.id, help="name the publisher's files")
    for file in files:
        if not file.is_file():
            raise LoadError("is no file", where=str(file), help="check the path")
    return Harvest(Snapshot(loader.source, taken, tuple(files)))


def loader_of(source: str) -> Loader:
    """Return the loader of a source by its id, such as `us-sdn`.

    Raises:
        NotFoundError: No loader reads that source.
    """
    for loader in LOADERS:
        if loader.source.id == source:
            return loader
    known = ", ".join(loader.source.id for loader in LOADERS)
    raise NotFoundError(f"no loader reads the source `{source}`", help=f"write one of {known}")
