"""Where a webhook may lead: over HTTPS to public addresses only, so that nobody reaches the networks around us."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from scheduling.errors import Invalid

LONGEST = 2000
NAT64 = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that stand for the IPv4 address in their last 32 bits."""
LOCAL = ("localhost", ".localhost", ".local", ".internal", ".home.arpa")
"""Names that lead nowhere else than to private networks."""

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]
"""All addresses of a name."""


class Refused(ValueError):
    """The address may not be called; the message says why."""


@dataclass(frozen=True)
class Target:
    """host: as the receiver knows it; address: where the connection goes; secure: over TLS."""

    host: str
    port: int
    address: str
    path: str
    secure: bool


def look_up(host: str, port: int) -> list[str]:
    """Refused when the name has no address."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"{host} has no address") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_url(url: str, private: bool) -> str:
    """The address as it is stored. private: whether private networks and plain HTTP are allowed. Invalid."""
    try:
        _parts(url, private)
    except Refused as refused:
        raise Invalid(f"The address cannot be used: {refused}.", {"url": str(refused)}) from refused
    return url


def target_of(url: str, private: bool, resolve: Resolve = look_up) -> Target:
    """Looks the name up once and checks all its addresses: whoever connects to `address` cannot be sent elsewhere by
    another answer. Refused."""
    host, port, path, secure = _parts(url, private)
    addresses = resolve(host, port)
    if not addresses:
        raise Refused(f"{host} has no address")
    if not private:
        for address in addresses:
            _check_public(host, ip_address(address.partition("%")[0]))
    return Target(host, port, addresses[0], path, secure)


def _parts(url: str, private: bool) -> tuple[str, int, str, bool]:
    """Host, port, path with query, and whether it is secure."""
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise Refused(f"it must be at most {LONGEST} visible ASCII characters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused("it is no address such as https://example.org/hook") from error
    host = parts.hostname or ""
    if parts.scheme not in (("https", "http") if private else ("https",)) or not host or "\\" in url:
        raise Refused("it must begin with https:// and name a host")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Refused("it may hold neither a user nor a fragment")
    if port == 0:
        raise Refused("there is no port 0")
    if not private:
        _check_name(host)
    secure = parts.scheme == "https"
    query = f"?{parts.query}" if parts.query else ""
    return host, port or (443 if secure else 80), (parts.path or "/") + query, secure


def _check_name(host: str) -> None:
    plain = host.rstrip(".").lower()
    if plain in LOCAL or plain.endswith(tuple(name for name in LOCAL if name.startswith("."))):
        raise Refused(f"{host} is in a private network")
    try:
        literal = ip_address(plain)
    except ValueError:
        return
    _check_public(host, literal)


def _check_public(host: str, address: Address) -> None:
    if not is_public(address):
        raise Refused(f"{host} leads to {address}, which is in a private or reserved network")


def is_public(address: Address) -> bool:
    """Whether it can be anywhere in the internet, also when it stands for an address of the other kind."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
