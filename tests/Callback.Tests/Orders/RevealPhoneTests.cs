using System.Collections.Frozen;
using Callback.Orders;

namespace Callback.Tests.Orders;

public sealed class RevealPhoneTests(OrdersGround ground) : IClassFixture<OrdersGround>, IAsyncLifetime
{
    private const string Reason = "asked us to ring back";
    private static readonly OrderNo Number = OrderNo.Parse("A1");

    private readonly Guid user = Ids.New(OrdersGround.Start);

    public async Task InitializeAsync()
    {
        await ground.EmptyAsync();
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", phone: "18412345678-1234"), Csv.Row("A2", phone: "138****0000")));
        await ground.ExecuteAsync("insert into users (user_id, name, display_name, security_stamp, created_at) values (@user, @name, 'x', 'x', @at)", new { user, name = $"m{user:N}", at = OrdersGround.Start });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private RevealPhone Reveal => new(ground.Db, ground.Vault, new ImportOptions(), ground.Time);

    private Actor As(Role role) => new(user, "somebody", new Dictionary<ShopId, FrozenSet<Permission>> { [OrdersGround.Shop] = Permissions.Of(role) }.ToFrozenDictionary(), []);

    [Fact]
    public async Task Ten_numbers_a_shift_and_the_eleventh_when_the_first_is_eight_hours_old()
    {
        for (var left = 9; left >= 0; left--)
        {
            var revealed = Assert.IsType<RevealResult.Revealed>(await Reveal.RunAsync(As(Role.Manager), OrdersGround.Shop, Number, Reason, CancellationToken.None));
            Assert.Equal((new PhoneNumber("+8618412345678", "1234"), left), (revealed.Number, revealed.Left));
            ground.Time.Advance(TimeSpan.FromMinutes(1));
        }
        var used = Assert.IsType<RevealResult.QuotaUsed>(await Reveal.RunAsync(As(Role.Manager), OrdersGround.Shop, Number, Reason, CancellationToken.None));
        ground.Time.MoveTo(used.Until);
        Assert.IsType<RevealResult.Revealed>(await Reveal.RunAsync(As(Role.Manager), OrdersGround.Shop, Number, Reason, CancellationToken.None));
        Assert.Equal([11L], await ground.QueryAsync<long>("select count(*) from audit where action = 'phone.revealed' and details->>'reason' = @Reason and actor_id = @user", new { Reason, user }));
    }

    [Fact]
    public async Task At_once_from_many_tabs_the_quota_still_holds()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 14).Select(_ => Reveal.RunAsync(As(Role.Manager), OrdersGround.Shop, Number, Reason, CancellationToken.None)));
        Assert.Equal(10, results.OfType<RevealResult.Revealed>().Count());
        Assert.Equal(4, results.OfType<RevealResult.QuotaUsed>().Count());
    }

    [Fact]
    public async Task A_reason_is_needed_and_an_order_without_a_number_uses_nothing()
    {
        await Assert.ThrowsAsync<InvalidInputException>(() => Reveal.RunAsync(As(Role.Manager), OrdersGround.Shop, Number, "  ab  ", CancellationToken.None));
        Assert.IsType<RevealResult.NoNumber>(await Reveal.RunAsync(As(Role.Manager), OrdersGround.Shop, OrderNo.Parse("A2"), Reason, CancellationToken.None));
        Assert.IsType<RevealResult.NoNumber>(await Reveal.RunAsync(As(Role.Manager), OrdersGround.Shop, OrderNo.Parse("A9"), Reason, CancellationToken.None));
        Assert.Empty(await ground.QueryAsync<Guid>("select reveal_id from phone_reveals"));
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Scheduler)]
    public async Task Nobody_but_a_manager_may(Role role)
    {
        await Assert.ThrowsAsync<NotPermittedException>(() => Reveal.RunAsync(As(role), OrdersGround.Shop, Number, Reason, CancellationToken.None));
        await Assert.ThrowsAsync<ShopUnknownException>(() => Reveal.RunAsync(As(role), new ShopId("maple"), Number, Reason, CancellationToken.None));
    }

    [Fact]
    public Task A_program_without_a_person_may_not() =>
        Assert.ThrowsAsync<NotPermittedException>(() => Reveal.RunAsync(OrdersGround.Clerk, OrdersGround.Shop, Number, Reason, CancellationToken.None));
}
