using Callback.Accounts;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Tests.Support;

namespace Callback.Tests.Accounts;

/// <summary>The use cases of accounts on a test database, with a clock that stands still.</summary>
internal sealed class AccountsFixture(TestDatabase database)
{
    public static readonly ShopId Shop = new("tea");
    public static readonly Actor Operator = Actor.System("test");
    public static readonly Place Here = new("192.0.2.1", "test");

    public ManualTime Time { get; } = new(new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    public Db Db => database.Db;

    public PersonalDataVault Vault { get; } = new(Keyring.Create());

    public SignInThrottle Throttle => new(Db);

    public FindSession FindSession => new(Db, Time);

    public StartSession StartSession => new(Db, Time);

    public ProveSecondFactor Prove => new(Db, Time, Vault, Throttle);

    public SetUpSecondFactor SecondFactor => new(Db, Time, Vault);

    public async Task ShopAsync(ShopId shop) =>
        await new SaveShop(Db, Time).AddAsync(
            Operator, new() { ShopId = shop, Name = "Tea", Zone = "Asia/Shanghai", Language = "en", Country = "CN", Currency = "CNY", Policy = "none" }, default);

    /// <summary>A user with the shop made on the way.</summary>
    public async Task<User> UserAsync(string name, Role role, ShopId? shop = null)
    {
        var at = shop ?? Shop;
        if ((await new ShopQueries(Db).PageAsync(Operator, null, 500, default)).All(known => known.ShopId != at))
            await ShopAsync(at);
        var input = new CreateUserInput(name, null, role == Role.Admin, role == Role.Admin ? [] : [new(at, role)]);
        var created = await new CreateUser(Db, Time, new NoHashes()).RunAsync(Operator, input, default);
        await SqlAsync("update users set must_change_password = false where user_id = @UserId", new { created.UserId });
        return (await new UserQueries(Db).FindAsync(created.UserId, default))!.User;
    }

    public Task<string> SessionAsync(User user) => StartSession.RunAsync(user.UserId, Here, new(NetworkCounted: false), default);

    public async Task<SignedIn?> FindAsync(string token) => await FindSession.RunAsync(token, demo: false, default);

    public async Task<int> SqlAsync(string sql, object? args = null)
    {
        await using var session = await Db.BeginAsync(ShopScope.All, default);
        var rows = await session.ExecuteAsync(sql, args, default);
        await session.CommitAsync();
        return rows;
    }

    private sealed class NoHashes : IPasswordHashes
    {
        public string Hash(string password) => "not a hash";
    }
}
