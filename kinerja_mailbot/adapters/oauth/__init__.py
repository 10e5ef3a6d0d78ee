"""Access tokens for mail servers that take no passwords (OAuth 2.0): logging in once, renewing ever after.

Made of the standard library: what we ask is four kinds of form over HTTPS, and the vendors' own libraries bring a
browser, a cache and a hundred kilobytes of JSON for it.
"""

from kinerja_mailbot.adapters.oauth.login import DeviceCode, LinkLogin
from kinerja_mailbot.adapters.oauth.question import OAuthClient, OAuthRefusedError
from kinerja_mailbot.adapters.oauth.renewal import RenewedToken
from kinerja_mailbot.adapters.oauth.token_file import TokenFile, Tokens

__all__ = [
    "DeviceCode",
    "LinkLogin",
    "OAuthClient",
    "OAuthRefusedError",
    "RenewedToken",
    "TokenFile",
    "Tokens",
]
