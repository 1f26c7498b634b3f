using Callback.Accounts;
using Callback.Tests.Support;

namespace Callback.Tests.Accounts;

public sealed class SignInThrottleTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly AccountsFixture given = new(database);

    [Fact]
    public async Task Ten_thousand_patient_tries_at_one_account_are_verified_at_most_a_hundred_times_ASVS_6_3_1()
    {
        var allowed = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var decision = await SpendAsync("hunted", $"198.51.100.{i % 250}");
            if (decision is TryDecision.Allowed)
                allowed++;
            else if (decision is TryDecision.TooMany { Until: null })
                break;
            given.Time.Advance(TimeSpan.FromMinutes(5));
        }
        Assert.Equal(100, allowed);
        given.Time.Advance(TimeSpan.FromDays(30));
        Assert.Null(Assert.IsType<TryDecision.TooMany>(await SpendAsync("hunted", "203.0.113.1")).Until);
    }

    [Fact]
    public async Task Tries_sent_at_once_are_not_verified_either_ASVS_6_3_1()
    {
        var decisions = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => SpendAsync("rushed", $"198.51.100.{i}")));
        Assert.Equal(5, decisions.Count(decision => decision is TryDecision.Allowed));
    }

    [Fact]
    public async Task Names_nobody_has_are_slowed_by_their_network_ASVS_6_3_1()
    {
        var decisions = new List<TryDecision>();
        for (var i = 0; i < 20; i++)
            decisions.Add(await SpendAsync($"nobody-{i}", "203.0.113.9"));
        Assert.Equal(5, decisions.Count(decision => decision is TryDecision.Allowed));
        Assert.IsType<TryDecision.Allowed>(await SpendAsync("nobody-77", "203.0.113.10"));
    }

    [Fact]
    public async Task Who_signed_in_from_a_network_before_is_not_stopped_by_its_other_people()
    {
        var agent = await given.UserAsync("colleague", Role.Agent);
        await given.StartSession.RunAsync(agent.UserId, new("203.0.113.20", "test"), new(NetworkCounted: false), default);
        for (var i = 0; i < 10; i++)
            await SpendAsync($"fumbler-{i}", "203.0.113.20");
        Assert.IsType<TryDecision.TooMany>(await SpendAsync("fumbler-11", "203.0.113.20"));
        Assert.IsType<TryDecision.Allowed>(await SpendAsync("colleague", "203.0.113.20"));
    }

    [Fact]
    public async Task A_sign_in_forgives_the_account_and_takes_its_own_try_back_from_the_network()
    {
        var agent = await given.UserAsync("forgiven", Role.Agent);
        for (var i = 0; i < 4; i++)
            await SpendAsync("forgiven", "203.0.113.30");
        var right = Assert.IsType<TryDecision.Allowed>(await SpendAsync("forgiven", "203.0.113.30"));
        await given.StartSession.RunAsync(agent.UserId, new("203.0.113.30", "test"), right, default);
        Assert.Equal(0, await FailuresAsync("account:forgiven"));
        Assert.Equal(4, await FailuresAsync("network:203.0.113.30"));
    }

    [Fact]
    public async Task An_administrators_reset_ends_the_hard_stop()
    {
        var agent = await given.UserAsync("stopped", Role.Agent);
        await given.SqlAsync("insert into sign_in_failures (subject, failures, last_at) values ('account:stopped', 100, @now)", new { now = given.Time.GetUtcNow() });
        Assert.IsType<TryDecision.TooMany>(await SpendAsync("stopped", "203.0.113.40"));
        await new ResetSignIn(given.Db, given.Time, new Hashes()).RunAsync(AccountsFixture.Operator, agent.UserId, default);
        Assert.IsType<TryDecision.Allowed>(await SpendAsync("stopped", "203.0.113.40"));
    }

    [Fact]
    public async Task Tidying_keeps_the_failures_of_accounts_and_forgets_those_of_strangers()
    {
        await given.UserAsync("kept", Role.Agent);
        await SpendAsync("kept", "203.0.113.50");
        await SpendAsync("made-up", "203.0.113.50");
        await new TidySignIn(given.Db).RunOnceAsync(given.Time.GetUtcNow().AddDays(2), default);
        Assert.Equal(1, await FailuresAsync("account:kept"));
        Assert.Equal(0, await FailuresAsync("account:made-up"));
        Assert.Equal(0, await FailuresAsync("network:203.0.113.50"));
    }

    private Task<TryDecision> SpendAsync(string name, string network) => given.Throttle.SpendAsync(name, network, given.Time.GetUtcNow(), default);

    private async Task<int> FailuresAsync(string subject)
    {
        await using var session = await given.Db.BeginAsync(Callback.Database.ShopScope.Of(), default);
        return await session.QuerySingleAsync<int>("select coalesce(max(failures), 0) from sign_in_failures where subject = @subject", new { subject }, default);
    }

    private sealed class Hashes : IPasswordHashes
    {
        public string Hash(string password) => "not a hash";
    }
}
