using System.Text;
using Callback.Accounts;

namespace Callback.Tests.Accounts;

public sealed class TotpTests
{
    // RFC 6238, appendix B, SHA-1 column.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.Code(Encoding.ASCII.GetBytes("12345678901234567890"), seconds / 30, digits: 8));

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(61, false)]
    public void A_code_is_good_one_step_early_and_late(int seconds, bool good)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_015);
        var secret = Totp.NewSecret();
        var code = Totp.CodeAt(secret, Totp.StepAt(now.AddSeconds(seconds)));
        Assert.Equal(good, Totp.MatchingStep(secret, code, now) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("１２３４５６")]
    [InlineData("1234567")]
    public void What_is_no_code_never_matches(string code) =>
        Assert.Null(Totp.MatchingStep(Totp.NewSecret(), code, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000)));

    [Fact]
    public void Secrets_have_160_bits_in_base32() => Assert.Matches("^[A-Z2-7]{32}$", Totp.NewSecret());
}
