using Callback.Accounts;

namespace Callback.Tests.Accounts;

public sealed class GuessingPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 2)]
    [InlineData(6, 4)]
    [InlineData(7, 8)]
    [InlineData(13, 512)]
    [InlineData(14, 900)]
    [InlineData(99, 900)]
    public void Wait_doubles_from_the_fifth_failure_up_to_a_quarter_hour_ASVS_6_3_1(int failures, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), GuessingPolicy.NextTryAt(failures, Now, isAccount: true));

    [Fact]
    public void A_hundred_failures_stop_an_account_but_never_a_network()
    {
        Assert.Null(GuessingPolicy.NextTryAt(100, Now, isAccount: true));
        Assert.Equal(Now.AddMinutes(15), GuessingPolicy.NextTryAt(100_000, Now, isAccount: false));
    }
}
