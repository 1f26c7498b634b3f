using Callback.Accounts;
using Callback.Tests.Support;

namespace Callback.Tests.Accounts;

public sealed class UsersTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly AccountsFixture given = new(database);

    [Fact]
    public async Task The_set_up_code_makes_one_administrator_and_no_second()
    {
        var setUp = new SetUp(given.Db, given.Time);
        Assert.True(await setUp.IsNeededAsync(default));
        var stale = (await setUp.NewCodeAsync(default))!;
        var code = (await setUp.NewCodeAsync(default))!;
        await RefusedAsync("set-up-code-wrong", () => setUp.RunAsync(Input(stale, "first"), default));
        await setUp.RunAsync(Input(code, "first"), default);
        await RefusedAsync("set-up-code-wrong", () => setUp.RunAsync(Input(code, "second"), default));
        Assert.Null(await setUp.NewCodeAsync(default));
        Assert.False(await setUp.IsNeededAsync(default));
        var admin = (await new UserQueries(given.Db).FindByNameAsync("first", default))!;
        await RefusedAsync("last-admin", () => new DisableUser(given.Db, given.Time).RunAsync(AccountsFixture.Operator, admin.User.UserId, true, default));
    }

    [Fact]
    public async Task Only_administrators_rule_over_users()
    {
        var user = await given.UserAsync("ruled", Role.Agent);
        foreach (var role in new[] { Role.Agent, Role.Scheduler, Role.Manager })
        {
            var actor = ActorOf.User(new(user, [new(AccountsFixture.Shop, role)]));
            await Assert.ThrowsAsync<NotPermittedException>(() => new DisableUser(given.Db, given.Time).RunAsync(actor, user.UserId, true, default));
            await Assert.ThrowsAsync<NotPermittedException>(() => new SetMemberships(given.Db, given.Time).RunAsync(actor, user.UserId, [], default));
            await Assert.ThrowsAsync<NotPermittedException>(() => new UserQueries(given.Db).PageAsync(actor, null, 10, default));
        }
    }

    [Fact]
    public async Task A_name_is_taken_once_whatever_its_case()
    {
        await given.UserAsync("unique", Role.Agent);
        await RefusedAsync("user-name-taken", () => given.UserAsync("UNIQUE", Role.Agent));
    }

    [Fact]
    public void Administrators_see_no_shop()
    {
        var admin = ActorOf.User(new(new() { Name = "a", IsAdmin = true }, []));
        Assert.True(admin.May(Permission.ManageUsers));
        Assert.Empty(admin.ShopsWhere(Permission.ViewOrders));
        Assert.Throws<ShopUnknownException>(() => admin.Demand(Permission.ViewLog, AccountsFixture.Shop));
        Assert.Equal("", admin.Scope.Setting);
    }

    private static SetUpInput Input(string code, string name) => new(code, name, null, "not a hash", "en");

    private static async Task RefusedAsync(string code, Func<Task> act) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<InvalidInputException>(act)).Problems[0].Code);
}
