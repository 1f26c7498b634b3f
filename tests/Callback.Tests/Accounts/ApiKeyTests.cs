using Callback.Accounts;
using Callback.Database;
using Callback.Tests.Support;

namespace Callback.Tests.Accounts;

public sealed class ApiKeyTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly AccountsFixture given = new(database);

    [Theory]
    [InlineData(KeyScope.Orders, Permission.ImportOrders, Permission.ViewLog)]
    [InlineData(KeyScope.Log, Permission.ViewLog, Permission.ImportOrders)]
    [InlineData(KeyScope.Campaigns, Permission.EditCampaigns, Permission.EditSuppressions)]
    [InlineData(KeyScope.Suppressions, Permission.EditSuppressions, Permission.EditCampaigns)]
    public async Task A_key_may_what_its_scope_names_and_no_more(KeyScope scope, Permission may, Permission mayNot)
    {
        var shop = new ShopId($"s-{scope}".ToLowerInvariant());
        await given.ShopAsync(shop);
        var actor = (await FindAsync((await AddAsync(shop, [scope])).Key))!.Actor;
        Assert.True(actor.May(may, shop));
        Assert.False(actor.May(mayNot, shop));
        Assert.False(actor.May(may, new("other")));
    }

    [Fact]
    public void No_scope_reveals_a_number_exports_the_log_or_administers()
    {
        Permission[] never =
            [Permission.RevealPhone, Permission.ExportLog, Permission.ManageUsers, Permission.ManageShops, Permission.ManageKeys, Permission.ViewAudit, Permission.ApproveRelease];
        Assert.Empty(KeyScopes.PermissionsOf(Enum.GetValues<KeyScope>(), [Role.Agent, Role.Manager]).Intersect(never));
    }

    [Fact]
    public async Task A_key_without_an_agent_takes_no_calls_and_with_one_is_that_agent()
    {
        var agent = await given.UserAsync("keyed", Role.Agent);
        var without = (await FindAsync((await AddAsync(AccountsFixture.Shop, [KeyScope.Desk])).Key))!;
        Assert.False(without.Actor.May(Permission.TakeCalls, AccountsFixture.Shop));
        var with = (await FindAsync((await AddAsync(AccountsFixture.Shop, [KeyScope.Desk], "keyed")).Key))!;
        Assert.True(with.Actor.May(Permission.TakeCalls, AccountsFixture.Shop));
        Assert.Equal(agent.UserId, with.Actor.UserId);
    }

    [Fact]
    public async Task A_disabled_agents_key_opens_nothing()
    {
        var agent = await given.UserAsync("left", Role.Agent);
        var added = await AddAsync(AccountsFixture.Shop, [KeyScope.Desk], "left");
        Assert.NotNull(await FindAsync(added.Key));
        await new DisableUser(given.Db, given.Time).RunAsync(AccountsFixture.Operator, agent.UserId, disable: true, default);
        Assert.Null(await FindAsync(added.Key));
    }

    [Fact]
    public async Task Revoked_expired_and_altered_keys_open_nothing()
    {
        var shop = new ShopId("ends");
        await given.ShopAsync(shop);
        var revoked = await AddAsync(shop, [KeyScope.Log]);
        await new RevokeApiKey(given.Db, given.Time).RunAsync(AccountsFixture.Operator, shop, revoked.KeyId, default);
        Assert.Null(await FindAsync(revoked.Key));
        var input = new AddApiKeyInput(shop, "short", [KeyScope.Log], null, given.Time.GetUtcNow().AddHours(1));
        var expiring = await new AddApiKey(given.Db, given.Time).RunAsync(AccountsFixture.Operator, input, default);
        Assert.NotNull(await FindAsync(expiring.Key));
        Assert.Null(await FindAsync(expiring.Key.Replace("ends", "other", StringComparison.Ordinal)));
        Assert.Null(await FindAsync(expiring.Key[..^1] + (expiring.Key[^1] == 'A' ? 'B' : 'A')));
        given.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await FindAsync(expiring.Key));
    }

    [Fact]
    public async Task A_key_is_kept_as_a_hash_only()
    {
        var shop = new ShopId("hashed");
        await given.ShopAsync(shop);
        var added = await AddAsync(shop, [KeyScope.Log]);
        await using var session = await given.Db.BeginAsync(ShopScope.All, default);
        var row = await session.QuerySingleAsync<string>("select k::text from api_keys k where key_id = @KeyId", new { added.KeyId }, default);
        Assert.DoesNotContain(added.Key[^30..], row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("scheduler-only")]
    public async Task A_key_acts_only_as_an_agent_of_the_shop(string name)
    {
        if (name != "nobody")
            await given.UserAsync(name, Role.Scheduler);
        else
            await given.UserAsync("somebody", Role.Agent);
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => AddAsync(AccountsFixture.Shop, [KeyScope.Desk], name));
        Assert.Equal("agent-unknown", refusal.Problems[0].Code);
    }

    private Task<AddedApiKey> AddAsync(ShopId shop, IReadOnlyList<KeyScope> scopes, string? agent = null) =>
        new AddApiKey(given.Db, given.Time).RunAsync(AccountsFixture.Operator, new(shop, "test", scopes, agent, null), default);

    private Task<SignedIn?> FindAsync(string key) => new FindApiKey(given.Db, given.Time).RunAsync(key, default);
}
