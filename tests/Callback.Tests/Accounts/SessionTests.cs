using Callback.Accounts;
using Callback.Tests.Support;

namespace Callback.Tests.Accounts;

public sealed class SessionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly AccountsFixture given = new(database);

    [Fact]
    public async Task A_session_has_its_users_rights_in_their_shop_only()
    {
        var agent = await given.UserAsync("rights", Role.Agent);
        var found = await given.FindAsync(await given.SessionAsync(agent));
        Assert.True(found!.Actor.May(Permission.TakeCalls, AccountsFixture.Shop));
        Assert.False(found.Actor.May(Permission.ViewLog, AccountsFixture.Shop));
        Assert.Throws<ShopUnknownException>(() => found.Actor.Demand(Permission.TakeCalls, new("other")));
    }

    [Fact]
    public async Task Disabling_a_user_ends_their_sessions_on_the_next_request_ASVS_7_4_2()
    {
        var (leaver, other) = (await given.UserAsync("leaver", Role.Agent), await given.UserAsync("stayer", Role.Agent));
        var (gone, stays) = (await given.SessionAsync(leaver), await given.SessionAsync(other));
        await new DisableUser(given.Db, given.Time).RunAsync(AccountsFixture.Operator, leaver.UserId, disable: true, default);
        Assert.Null(await given.FindAsync(gone));
        Assert.NotNull(await given.FindAsync(stays));
        await new DisableUser(given.Db, given.Time).RunAsync(AccountsFixture.Operator, leaver.UserId, disable: false, default);
        Assert.Null(await given.FindAsync(gone));
    }

    [Fact]
    public async Task A_third_sign_in_ends_the_oldest_session_ASVS_7_1_2()
    {
        var agent = await given.UserAsync("three", Role.Agent);
        var tokens = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            tokens.Add(await given.SessionAsync(agent));
            given.Time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Null(await given.FindAsync(tokens[0]));
        Assert.NotNull(await given.FindAsync(tokens[1]));
        Assert.NotNull(await given.FindAsync(tokens[2]));
    }

    [Fact]
    public async Task A_session_dies_of_idleness_and_of_age_ASVS_7_3()
    {
        var agent = await given.UserAsync("idle", Role.Agent);
        var idle = await given.SessionAsync(agent);
        given.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(await given.FindAsync(idle));
        var busy = await given.SessionAsync(agent);
        for (var minutes = 0; minutes < 580; minutes += 20)
        {
            Assert.NotNull(await given.FindAsync(busy));
            given.Time.Advance(TimeSpan.FromMinutes(20));
        }
        Assert.NotNull(await given.FindAsync(busy));
        given.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Null(await given.FindAsync(busy));
    }

    [Fact]
    public async Task Another_users_session_cannot_be_ended()
    {
        var (victim, other) = (await given.UserAsync("victim", Role.Agent), await given.UserAsync("meddler", Role.Agent));
        var token = await given.SessionAsync(victim);
        var sessionId = (await given.FindAsync(token))!.SessionId!.Value;
        await new EndSessions(given.Db, given.Time).RunAsync(other.UserId, sessionId, SessionEnd.Revoked, default);
        Assert.NotNull(await given.FindAsync(token));
        await new EndSessions(given.Db, given.Time).RunAsync(victim.UserId, sessionId, SessionEnd.Revoked, default);
        Assert.Null(await given.FindAsync(token));
    }

    [Fact]
    public async Task A_changed_role_holds_from_the_next_request()
    {
        var user = await given.UserAsync("promoted", Role.Agent);
        var token = await given.SessionAsync(user);
        await new SetMemberships(given.Db, given.Time).RunAsync(AccountsFixture.Operator, user.UserId, [new(AccountsFixture.Shop, Role.Manager)], default);
        var found = await given.FindAsync(token);
        Assert.Equal(SignInStage.SetUpSecondFactor, found!.Stage);
        Assert.Empty(found.Actor.Shops);
    }
}
