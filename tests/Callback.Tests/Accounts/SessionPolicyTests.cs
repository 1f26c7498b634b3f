using Callback.Accounts;

namespace Callback.Tests.Accounts;

public sealed class SessionPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Role.Agent, false, false, false, SignInStage.Complete)]
    [InlineData(Role.Agent, true, false, false, SignInStage.ChangePassword)]
    [InlineData(Role.Agent, false, true, false, SignInStage.SecondFactor)]
    [InlineData(Role.Agent, true, true, false, SignInStage.SecondFactor)]
    [InlineData(Role.Agent, true, true, true, SignInStage.ChangePassword)]
    [InlineData(Role.Scheduler, false, false, false, SignInStage.SetUpSecondFactor)]
    [InlineData(Role.Manager, false, false, false, SignInStage.SetUpSecondFactor)]
    [InlineData(Role.Manager, true, false, false, SignInStage.ChangePassword)]
    [InlineData(Role.Manager, false, true, true, SignInStage.Complete)]
    [InlineData(Role.Admin, false, false, false, SignInStage.SetUpSecondFactor)]
    [InlineData(Role.Admin, false, true, false, SignInStage.SecondFactor)]
    public void A_session_has_rights_only_when_nothing_is_missing_ASVS_6_3_3(Role role, bool mustChange, bool enabled, bool proven, SignInStage stage)
    {
        var user = new User { IsAdmin = role == Role.Admin, MustChangePassword = mustChange, TotpEnabledAt = enabled ? Now : null };
        var memberships = role == Role.Admin ? Array.Empty<Membership>() : [new(new("tea"), role)];
        Assert.Equal(stage, SessionPolicy.Stage(new(user, memberships), proven ? Now : null, demo: false));
    }

    [Theory]
    [InlineData(0, 29, false)]
    [InlineData(0, 30, true)]
    [InlineData(599, 0, false)]
    [InlineData(600, 0, true)]
    public void A_session_ends_after_half_an_hour_idle_or_ten_hours_ASVS_7_3(int ageMinutes, int idleMinutes, bool over) =>
        Assert.Equal(over, SessionPolicy.IsOver(Now.AddMinutes(-ageMinutes - idleMinutes), Now.AddMinutes(-idleMinutes), Now));
}
