using System.Security.Cryptography;
using System.Text.Json;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Receivers;
using Callback.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Callback.Tests.Receivers;

public sealed class DeliverEventsTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly Actor Admin = Actor.System("test");
    private static readonly PersonalDataVault Vault = new(Keyring.Create());

    private readonly Taker taker = new();
    private readonly ReceiverOptions options = new() { AllowPrivate = true };
    private readonly ShopId shop = ShopId.Parse($"r-{RandomNumberGenerator.GetHexString(10, lowercase: true)}");

    [Fact]
    public async Task An_event_reaches_its_receiver_once_signed_and_without_the_secret_in_the_database()
    {
        var added = await AddAsync();
        var id = await HappenAsync(EventKinds.CallEnded, """{"attemptId":"a1"}""");
        await DeliverAsync();
        await DeliverAsync(TimeSpan.FromDays(1));

        var told = Assert.Single(taker.Told);
        Assert.Equal(id.ToString(), told.Id);
        Assert.Equal(EventSignature.Of(added.Secret, id, DateTimeOffset.FromUnixTimeSeconds(long.Parse(told.Timestamp, System.Globalization.CultureInfo.InvariantCulture)), told.Body), told.Signature);
        var body = JsonDocument.Parse(told.Body).RootElement;
        Assert.Equal((EventKinds.CallEnded, shop.Value, "a1"), (body.GetProperty("type").GetString(), body.GetProperty("shop").GetString(), body.GetProperty("data").GetProperty("attemptId").GetString()));
        Assert.Equal(0L, await OneAsync<long>("select count(*) from receivers r where r::text like '%whsec%'"));
    }

    [Fact]
    public async Task What_was_not_taken_is_sent_again_later_under_the_same_id()
    {
        await AddAsync();
        var id = await HappenAsync();
        taker.Answers.Enqueue(500);
        await DeliverAsync();
        await DeliverAsync(TimeSpan.FromSeconds(4));
        Assert.Single(taker.Told);
        await DeliverAsync(TimeSpan.FromSeconds(6));
        Assert.Equal([id.ToString(), id.ToString()], taker.Told.Select(told => told.Id));
        Assert.Equal("204", await OneAsync<string>("select answer from deliveries where shop_id = @shop and delivered_at is not null"));
    }

    [Fact]
    public async Task What_is_never_taken_is_given_up_and_can_be_sent_again()
    {
        var added = await AddAsync();
        await HappenAsync();
        for (var tries = 0; tries < RedeliveryPolicy.MostTries; tries++)
        {
            taker.Answers.Enqueue(503);
            await DeliverAsync(TimeSpan.FromDays(tries));
        }
        await DeliverAsync(TimeSpan.FromDays(30));
        Assert.Equal(RedeliveryPolicy.MostTries, taker.Told.Count);
        Assert.Equal(1L, await OneAsync<long>("select count(*) from deliveries where shop_id = @shop and given_up_at is not null"));

        await Change.SendAgainAsync(Admin, shop, added.ReceiverId, default);
        await DeliverAsync();
        Assert.Equal(1L, await OneAsync<long>("select count(*) from deliveries where shop_id = @shop and delivered_at is not null"));
    }

    [Fact]
    public async Task A_receiver_is_told_what_it_chose_and_nothing_of_another_shop_or_of_before()
    {
        await HappenAsync();
        await DeliverAsync();
        await AddAsync(EventKinds.ResultRecorded);
        await HappenAsync(EventKinds.CallEnded);
        await HappenAsync(EventKinds.ResultRecorded);
        await HappenAsync(EventKinds.ResultRecorded, at: ShopId.Parse("another"));
        await DeliverAsync();
        Assert.Equal([EventKinds.ResultRecorded], taker.Told.Select(told => JsonDocument.Parse(told.Body).RootElement.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Two_passes_at_once_send_each_event_once()
    {
        await AddAsync();
        for (var i = 0; i < 20; i++)
            await HappenAsync();
        await Task.WhenAll(DeliverAsync(), DeliverAsync(), DeliverAsync());
        await DeliverAsync();
        Assert.Equal(20, taker.Told.Select(told => told.Id).Distinct().Count());
        Assert.Equal(20, taker.Told.Count);
    }

    [Fact]
    public async Task A_receiver_whose_secret_can_not_be_read_keeps_no_other_waiting()
    {
        var broken = await AddAsync();
        await AddAsync();
        await using (var session = await database.Db.BeginAsync(shop, default))
        {
            await session.ExecuteAsync("update receivers set secret_cipher = '\\x00' where receiver_id = @ReceiverId", new { broken.ReceiverId }, default);
            await session.CommitAsync();
        }
        await HappenAsync();
        await HappenAsync();
        await DeliverAsync();
        Assert.Equal(2, taker.Told.Count);
        Assert.Equal(2L, await OneAsync<long>("select count(*) from deliveries where shop_id = @shop and next_at is not null"));
    }

    [Theory]
    [InlineData(410, true)]
    [InlineData(404, false)]
    public async Task A_receiver_that_says_it_is_gone_is_ended(int status, bool ended)
    {
        await AddAsync();
        await HappenAsync();
        await HappenAsync();
        taker.Answers.Enqueue(status);
        taker.Answers.Enqueue(status);
        await DeliverAsync();
        Assert.Equal(ended, await OneAsync<bool>("select ended_at is not null from receivers where shop_id = @shop"));
        Assert.Equal(ended ? 0L : 2L, await OneAsync<long>("select count(*) from deliveries where shop_id = @shop and next_at is not null"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await AddAsync();
        await HappenAsync();
        taker.Answers.Enqueue(307);
        await DeliverAsync();
        Assert.Single(taker.Told);
        Assert.Equal("307", await OneAsync<string>("select answer from deliveries where shop_id = @shop"));
    }

    [Theory]
    [InlineData("https://127.0.0.1:{port}/events")]
    [InlineData("https://localhost:{port}/events")]
    [InlineData("https://[::ffff:127.0.0.1]:{port}/events")]
    public async Task A_machine_beside_this_one_is_never_reached(string url)
    {
        options.AllowPrivate = false;
        await AddAsync(url: url.Replace("{port}", $"{new Uri(taker.Url).Port}", StringComparison.Ordinal));
        await HappenAsync();
        await DeliverAsync();
        Assert.Empty(taker.Told);
        Assert.Equal("private-address", await OneAsync<string>("select answer from deliveries where shop_id = @shop"));
    }

    [Theory]
    [InlineData("http://example.com/events")]
    [InlineData("ftp://example.com/events")]
    [InlineData("https://user:word@example.com/events")]
    [InlineData("/events")]
    public async Task An_address_that_is_not_safe_is_refused(string url)
    {
        options.AllowPrivate = false;
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => AddAsync(url: url));
        Assert.Equal("receiver-url-form", Assert.Single(refused.Problems).Code);
    }

    [Fact]
    public async Task The_test_goes_to_one_receiver_and_ending_it_stops_everything()
    {
        var tested = await AddAsync();
        await AddAsync();
        await Change.TestAsync(Admin, shop, tested.ReceiverId, default);
        await DeliverAsync();
        Assert.Equal(EventKinds.ReceiverTested, JsonDocument.Parse(Assert.Single(taker.Told).Body).RootElement.GetProperty("type").GetString());

        await Change.EndAsync(Admin, shop, tested.ReceiverId, default);
        await Assert.ThrowsAsync<InvalidInputException>(() => Change.TestAsync(Admin, shop, tested.ReceiverId, default));
        await HappenAsync();
        await DeliverAsync();
        Assert.Equal(2, taker.Told.Count);
    }

    [Fact]
    public async Task Post_that_has_arrived_is_dropped_after_a_month_and_what_waits_is_kept()
    {
        await AddAsync();
        await HappenAsync();
        await DeliverAsync();
        await HappenAsync();
        taker.Answers.Enqueue(500);
        await DeliverAsync(TimeSpan.FromSeconds(10));
        await new TidyOutbox(database.Db).RunOnceAsync(Now + TidyOutbox.Kept + TimeSpan.FromHours(1), default);
        Assert.Equal(1L, await OneAsync<long>("select count(*) from outbox where shop_id = @shop"));
        Assert.Equal(1L, await OneAsync<long>("select count(*) from deliveries where shop_id = @shop and next_at is not null"));
    }

    public void Dispose() => taker.Dispose();

    private ChangeReceiver Change => new(database.Db, new ManualTime(Now));

    private Task<AddedReceiver> AddAsync(string? kind = null, string? url = null) =>
        new AddReceiver(database.Db, new ManualTime(Now), Vault, options).RunAsync(Admin, new(shop, "our system", url ?? taker.Url, kind is null ? [] : [kind]), default);

    private async Task<Guid> HappenAsync(string kind = EventKinds.CallEnded, string payload = "{}", ShopId? at = null)
    {
        var id = Ids.New(Now);
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync("insert into outbox (shop_id, event_id, kind, payload, at) values (@at, @id, @kind, @payload::jsonb, @Now)", new { at = at ?? shop, id, kind, payload, Now }, default);
        await session.CommitAsync();
        return id;
    }

    private async Task DeliverAsync(TimeSpan later = default)
    {
        using var http = new ReceiverHttp(options);
        await new DeliverEvents(database.Db, http, Vault, NullLogger<DeliverEvents>.Instance).RunOnceAsync(Now + later, default);
    }

    private async Task<T> OneAsync<T>(string sql)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        return await session.QuerySingleAsync<T>(sql, new { shop }, default);
    }
}
