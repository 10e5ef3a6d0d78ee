"""What libraries and systems say in English, as one plain Indonesian clause that also says what to do."""

from __future__ import annotations

import re

_REFUSED_LOGIN = (
    r"AUTHENTICATIONFAILED|LoginError|LOGIN failed|Invalid credentials|Authentication (credentials )?(invalid|failed)"
    r"|Bad credentials|Username and Password not accepted|^53[45]\b|password authentication failed"
)

# The first pattern that is found decides: special cases stand before the general ones.
_CAUSES: tuple[tuple[str, str], ...] = (
    # --- network
    (
        r"Name or service not known|nodename nor servname|getaddrinfo failed|name resolution|No address associated",
        "nama server tidak ditemukan; periksa ejaan host dan sambungan jaringan",
    ),
    (r"Connection refused", "tidak ada server pada alamat dan port itu; periksa host dan port"),
    (r"timed? ?out", "server tidak menjawab dalam batas waktu; periksa jaringan, port, dan jenis keamanan"),
    (r"Network is unreachable|No route to host", "server tidak terjangkau; periksa sambungan jaringan"),
    # --- TLS
    (
        r"[Hh]ostname mismatch|IP address mismatch|doesn't match",
        "sertifikat server bukan untuk nama itu; tulis host sebagaimana tercantum pada sertifikat",
    ),
    (r"certificate has expired", "sertifikat server sudah habis masa berlakunya; mohon hubungi pengelola server"),
    (
        r"CERTIFICATE_VERIFY_FAILED",
        "sertifikat server tidak dipercaya; bila kantor memakai otoritas sendiri, isi ca_file dengan sertifikatnya",
    ),
    (
        r"WRONG_VERSION_NUMBER|record layer failure|UNKNOWN_PROTOCOL",
        'server tidak memakai TLS pada port itu; periksa keamanan ("ssl" atau "starttls") dan port',
    ),
    (r"STARTTLS", 'server tidak menyediakan STARTTLS pada port itu; periksa keamanan ("ssl" atau "starttls") dan port'),
    # --- login
    (r"OAuth login needed", "izin masuk belum ada atau sudah dicabut; jalankan `kinerja-mailbot login`"),
    (
        r"not offer AUTH XOAUTH2",
        'server tidak menerima token; tulis auth = "sandi", atau minta pengelola mengaktifkan XOAUTH2 (SMTP AUTH)',
    ),
    (
        r"LOGINDISABLED",
        'server hanya menerima kata sandi pada sambungan terenkripsi; tulis keamanan = "ssl" atau "starttls"',
    ),
    (r"not offer AUTH", "server tidak menyediakan cara masuk yang sesuai; periksa keamanan dan port"),
    (_REFUSED_LOGIN, "nama pengguna atau kata sandi ditolak server; periksa user dan kata sandinya"),
    (r"[Cc]onnection (reset|aborted|unexpectedly closed)|EOF|Broken pipe", "sambungan diputus oleh server"),
    # --- database
    (
        r"file is not a database|image is malformed",
        "berkas itu bukan basis data SQLite atau sudah rusak; periksa kunci penyimpanan, atau pulihkan dari cadangan",
    ),
    (r"database is locked", "basis data sedang dipakai program lain; mohon coba lagi sebentar"),
    (r"which only a newer version", "basis data ditulis oleh versi program yang lebih baru; mohon perbarui program"),
    (
        r"not a SQLite file",
        "perintah ini hanya untuk SQLite; untuk PostgreSQL mohon gunakan pg_dump",
    ),
    (r"driver for PostgreSQL is not installed", 'jalankan `python -m pip install "kinerja-mailbot[postgresql]"`'),
    (r'database "[^"]*" does not exist', "basis data itu belum ada di peladen; buat dengan `createdb --encoding UTF8`"),
    (r'role "[^"]*" does not exist', "pengguna basis data itu belum ada di peladen; buat dengan `createuser`"),
    (r"permission denied for (schema|table|database|sequence)", "pengguna basis data belum diberi hak; lihat `check`"),
    (r"too many clients|connection slots", "sambungan ke peladen basis data habis; naikkan max_connections"),
    (r"database system is (starting up|shutting down)", "peladen basis data sedang dimulai atau dihentikan"),
    (r"server closed the connection|terminating connection", "sambungan diputus oleh peladen basis data"),
    (r"advisory locks do not hold", "pengumpul sambungan (PgBouncer) dengan mode transaksi tidak dapat dipakai"),
    (r"copy is not sound", "salinan tidak utuh dan sudah dihapus; basis data asal perlu diperiksa"),
    # --- templates
    (
        r"template is missing",
        "berkas templat tidak ada; `kinerja-mailbot init` menempatkan kembali templat bawaan tanpa menimpa yang lain",
    ),
    (r"undefined|has no attribute|no element", "templat memakai isian yang tidak dikenal"),
    (
        r"[Ee]xpected (token|an expression)|[Uu]nexpected|Encountered unknown tag|end of template|Missing end of",
        "penulisan templat keliru",
    ),
    (r"not allowed in a template", "templat memakai hal yang tidak diperbolehkan"),
    # --- files
    (r"No space left|disk is full|Disk quota", "ruang penyimpanan penuh"),
    (r"readonly database|Read-only file system", "tempat itu hanya dapat dibaca; periksa hak tulisnya"),
    (r"Permission denied|Operation not permitted", "tidak diizinkan; periksa hak akses berkas dan foldernya"),
    # SQLite says it of a folder that is missing as of one that may not be written to.
    (r"unable to open database", "folder tidak ada atau tidak boleh ditulisi; periksa letak dan hak tulisnya"),
    (r"No such file or directory", "berkas atau folder tidak ada; periksa letaknya"),
    (r"File exists", "berkas sudah ada"),
    (r"Is a directory", "itu folder, bukan berkas"),
    (r"Not a directory", "bagian dari nama itu berkas, bukan folder"),
    (r"File name too long", "nama berkas terlalu panjang"),
)
_PATTERNS = tuple((re.compile(pattern), clause) for pattern, clause in _CAUSES)


def plain(message: str) -> str:
    """Return what the message means, with the original in brackets; a message that is not known stays as it is.

    >>> plain("ConnectionRefusedError: [Errno 111] Connection refused").partition(" (")[0]
    'tidak ada server pada alamat dan port itu; periksa host dan port'
    >>> plain("421 too busy")
    '421 too busy'
    """
    original = " ".join(message.split())
    clause = next((clause for pattern, clause in _PATTERNS if pattern.search(original)), None)
    return original if clause is None else f"{clause} ({original})"
