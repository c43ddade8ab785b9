"""Webhooks lead to the internet and nowhere else."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.errors import Invalid
from scheduling.webhooks.addresses import Refused, check_url, is_public, target_of

PRIVATE = (
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::1",
    "2002:c0a8:101::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
)
PUBLIC = ("8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1")


@pytest.mark.parametrize("address", PRIVATE)
def test_private_and_reserved_addresses_are_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    with pytest.raises(Refused, match="private or reserved"):
        target_of("https://example.org/", False, lambda *_: [address])


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_fine(address: str) -> None:
    assert is_public(ip_address(address))
    assert target_of("https://example.org/", False, lambda *_: [address]).address == address


@given(st.ip_addresses(v=4))
def test_an_address_in_the_clothes_of_the_other_kind_is_judged_alike(inner: IPv4Address) -> None:
    for outer in (f"::ffff:{inner}", str(IPv6Address((0x64FF9B << 96) | int(inner)))):
        assert is_public(ip_address(outer)) == is_public(inner)


def test_one_private_address_among_several_is_enough() -> None:
    with pytest.raises(Refused):
        target_of("https://example.org/", False, lambda *_: ["8.8.8.8", "127.0.0.1"])


def test_the_name_is_looked_up_once_and_the_answer_kept() -> None:
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    target = target_of("https://example.org:8443/a?b=c", False, lambda *_: next(answers))
    assert (target.address, target.host, target.port, target.path) == ("8.8.8.8", "example.org", 8443, "/a?b=c")
    assert next(answers) == ["127.0.0.1"]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https:///path",
        "example.org",
        "https://user:word@example.org/",
        "https://example.org/#part",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://localhost/",
        "https://LOCALHOST./",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://exa mple.org/",
        "https://example.org\\@127.0.0.1/",
        "https://example.org/\n",
        "https://exämple.org/",
        f"https://example.org/{'x' * 2000}",
    ],
)
def test_what_cannot_be_a_webhook_is_refused_when_it_is_made(url: str) -> None:
    with pytest.raises(Invalid):
        check_url(url, private=False)


@pytest.mark.parametrize("address", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1"])
def test_odd_spellings_of_an_address_are_judged_by_what_they_lead_to(address: str) -> None:
    with pytest.raises(Refused):
        target_of(f"https://{address}/", False)


def test_for_development_everything_is_allowed() -> None:
    assert check_url("http://localhost:8080/hook", private=True) == "http://localhost:8080/hook"
    target = target_of("http://localhost:8080/hook", True, lambda *_: ["127.0.0.1"])
    assert (target.address, target.secure) == ("127.0.0.1", False)
    with pytest.raises(Invalid):
        check_url("ftp://localhost/", private=True)


def test_a_name_without_an_address_is_refused() -> None:
    with pytest.raises(Refused, match="has no address"):
        target_of("https://example.org/", False, lambda *_: [])
    with pytest.raises(Refused, match="has no address"):
        target_of("https://no-such-host.invalid/", False)
