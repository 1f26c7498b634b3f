using System.Net;
using System.Text;
using Callback.Receivers;

namespace Callback.Tests.Receivers;

public sealed class ReceiverPolicyTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("223.5.5.5")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("::ffff:8.8.8.8")]
    public void A_public_address_is_allowed(string address) => Assert.True(PublicAddressPolicy.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.254")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.0.9")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.19.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:a00:1::")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    public void An_address_of_ones_own_network_or_of_no_machine_is_not(string address) => Assert.False(PublicAddressPolicy.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public void An_event_is_sent_ten_times_within_four_days_with_growing_pauses()
    {
        var at = new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
        var begun = at;
        var pauses = new List<TimeSpan>();
        for (var tries = 1; RedeliveryPolicy.Next(tries, at) is { } next; tries++)
        {
            pauses.Add(next - at);
            at = next;
        }
        Assert.Equal(RedeliveryPolicy.MostTries - 1, pauses.Count);
        Assert.Equal(pauses.Order(), pauses);
        Assert.InRange(at - begun, TimeSpan.FromDays(2), TimeSpan.FromDays(4));
    }

    /// <summary>Worked out with Python's hmac over the same words.</summary>
    [Fact]
    public void An_event_is_signed_as_the_standard_webhooks_are() => Assert.Equal(
        "v1,1asu1XimcXQaLVnqhT2na6xsPk4gJjB5UsO4jF06POQ=",
        EventSignature.Of(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Guid.Parse("0190f000-0000-7000-8000-000000000001"), DateTimeOffset.FromUnixTimeSeconds(1614265330),
            Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));
}
