using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Callback.Accounts;
using Callback.Calls.LineUse;
using Callback.Database;
using Callback.Telephony.Twilio;
using Callback.Tests.Support;
using Callback.Web.Tests.Support;
using Callback.Web.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using static Callback.Web.Tests.Webhooks.TwilioPost;

namespace Callback.Web.Tests.Webhooks;

/// <summary>The door that Twilio's webhooks come through: who is let in, what is kept, and what a flood does to the desk.</summary>
public sealed class TwilioDoorTests(TwilioDoorTests.Ground ground) : IClassFixture<TwilioDoorTests.Ground>, IAsyncLifetime
{
    private readonly ShopId shop = ShopId.Parse($"door-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
    private readonly Guid subject = Guid.Parse("0198a000-0000-7000-8000-00000000d00f");
    private readonly TestApp app = ground.App;
    private readonly HttpClient client = ground.App.Client();

    public Task InitializeAsync() => app.GivenShopAsync(shop);

    public Task DisposeAsync()
    {
        client.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(Present)]
    [InlineData(Previous)]
    public async Task A_signed_event_is_kept_without_any_number_while_either_token_counts(string token)
    {
        var call = NewCall();

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Path(), Form(call), token));

        var (calls, bodies) = await KeptAsync(call);
        Assert.Equal(1, calls);
        Assert.DoesNotContain("13900", bodies, StringComparison.Ordinal);
        Assert.Contains("ringing", bodies, StringComparison.Ordinal);
    }

    public static TheoryData<string> Forgeries() =>
        ["no-signature", "wrong-token", "changed-field", "added-field", "other-query", "other-shop", "other-subject", "other-kind", "other-mark", "other-account"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task What_is_forged_is_refused_counted_and_leaves_nothing(string forgery)
    {
        var call = NewCall();
        var before = await ForgedAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await ForgeAsync(forgery, call));

        Assert.Equal(0, (await KeptAsync(call)).Count);
        await app.Services.GetRequiredService<DoorCounts>().FlushAsync(default);
        var after = await ForgedAsync();
        Assert.Equal((before.Forged + (forgery == "other-account" ? 0 : 1), before.Refused + 1), after);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_no_form_or_names_no_call_is_refused_before_anything_is_done()
    {
        var call = NewCall();
        var large = Form(call).Append(KeyValuePair.Create("More", new string('x', TwilioDoor.LargestBody))).ToList();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(Path(), large, Present));
        using var json = Signed(Path(), [], Present);
        json.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(json)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(Path(), [KeyValuePair.Create("CallStatus", "ringing")], Present));
        Assert.Equal(0, (await KeptAsync(call)).Count);
    }

    [Fact]
    public async Task Without_an_account_there_is_no_door()
    {
        await using var plain = await TestApp.StartAsync(ground.Database);
        using var stranger = plain.Client();
        using var request = Signed(Path(), Form(NewCall()), Present);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task While_the_database_does_not_take_it_the_answer_is_later_and_told_again_it_is_kept()
    {
        var call = NewCall();
        await SqlAsync("alter table line_inbox rename to line_inbox_away");
        try
        {
            using var request = Signed(Path(), Form(call), Present);
            var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }
        finally
        {
            await SqlAsync("alter table line_inbox_away rename to line_inbox");
        }
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Path(), Form(call), Present));
        Assert.Equal(1, (await KeptAsync(call)).Count);
    }

    [Fact]
    public async Task Thousands_of_replays_and_mutations_leave_what_is_kept_as_it_was()
    {
        var calls = Enumerable.Range(0, 5).Select(_ => NewCall()).ToArray();
        foreach (var call in calls)
            Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Path(), Form(call), Present));
        var before = await HashAsync();
        var let = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 2500), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (seed, ct) =>
        {
            var dice = new Random(seed);
            var call = calls[dice.Next(calls.Length)];
            using var request = dice.Next(5) == 0 ? Signed(Path(), Form(call), Present) : Mutated(dice, Path(), call);
            var answer = await client.SendAsync(request, ct);
            var replay = request.Options.TryGetValue(new HttpRequestOptionsKey<string>("mutation"), out var mutation) is false;
            if (answer.StatusCode != (replay ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden))
                let.Add($"{seed} {mutation}: {(int)answer.StatusCode}");
        });

        Assert.Empty(let);
        Assert.Equal(before, await HashAsync());
    }

    [Fact]
    public async Task A_flood_is_stored_whole_while_the_desk_goes_on_answering()
    {
        var agent = await app.UserAsync(Role.Agent, shop);
        using var desk = await app.KeyClientAsync(shop, [KeyScope.Desk], agent.Name);
        var call = NewCall();
        var flood = Parallel.ForEachAsync(Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
            Assert.Equal(HttpStatusCode.NoContent, await PostAsync(Path(), Form(call, number), Present)));

        var slowest = TimeSpan.Zero;
        for (var look = 0; look < 10; look++)
        {
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync("/api/v1/desk")).StatusCode);
            var took = TimeProvider.System.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
        }
        await flood.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(1000, (await KeptAsync(call)).Count);
        Assert.True(slowest < TimeSpan.FromSeconds(5), $"The desk took {slowest} while the flood was on.");
    }

    private string Path(HookKind kind = HookKind.Status) =>
        app.Services.GetRequiredService<TwilioAddresses>().Of(shop, subject, kind).AbsoluteUri[Account.PublicAddress.AbsoluteUri.Length..];

    private async Task<HttpStatusCode> PostAsync(string path, IReadOnlyList<KeyValuePair<string, string>> form, string token)
    {
        using var request = Signed(path, form, token);
        return (await client.SendAsync(request)).StatusCode;
    }

    private async Task<HttpStatusCode> ForgeAsync(string forgery, string call)
    {
        var (path, form) = (Path(), Form(call));
        using var request = forgery switch
        {
            "no-signature" => new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) },
            "wrong-token" => Signed(path, form, new string('0', 32)),
            "changed-field" => With(Signed(path, form, Present), form.Select(field => field.Key == "CallStatus" ? new("CallStatus", "completed") : field)),
            "added-field" => With(Signed(path, form, Present), form.Append(new("CallDuration", "60"))),
            "other-query" => Signed(path + "?a=1", form, Present, path),
            // Signed by Twilio itself, yet for an address that we never gave out.
            "other-shop" => Signed(path.Replace(shop.Value, "somebody-else", StringComparison.Ordinal), form, Present),
            "other-subject" => Signed(path.Replace($"{subject:N}", $"{Guid.Empty:N}", StringComparison.Ordinal), form, Present),
            "other-kind" => Signed(path.Replace("/status", "/amd", StringComparison.Ordinal), form, Present),
            "other-mark" => Signed(path.Replace(path.Split('/')[^2], new string('A', 24), StringComparison.Ordinal), form, Present),
            _ => Signed(path, [.. form.Select(field => field.Key == "AccountSid" ? new("AccountSid", "AC" + new string('b', 32)) : field)], Present),
        };
        return (await client.SendAsync(request)).StatusCode;
    }

    private async Task<(int Count, string Bodies)> KeptAsync(string call)
    {
        await using var session = await app.Services.GetRequiredService<Db>().BeginAsync(ShopScope.All, default);
        return await session.QuerySingleAsync<(int, string)>(
            "select count(*)::integer, coalesce(string_agg(body::text, ','), '') from line_inbox where call_id = @call and shop_id = @shop", new { call, shop }, default);
    }

    private async Task<string> HashAsync()
    {
        await using var session = await app.Services.GetRequiredService<Db>().BeginAsync(ShopScope.All, default);
        return await session.QuerySingleAsync<string>(
            "select md5(string_agg((shop_id, line, call_id, event, sequence, subject, body, received_at)::text, ',' order by call_id, event, sequence)) from line_inbox where shop_id = @shop",
            new { shop },
            default);
    }

    private async Task<(long Forged, long Refused)> ForgedAsync()
    {
        var health = (await app.Services.GetRequiredService<GetLineHealth>().RunAsync(Actor.System("test"), default))!;
        return (health.Forged, health.Refused);
    }

    private async Task SqlAsync(string sql)
    {
        await using var session = await app.Services.GetRequiredService<Db>().BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(sql, null, default);
        await session.CommitAsync();
    }

    /// <summary>One program with an account for all of these tests; every test has a shop of its own.</summary>
    public sealed class Ground : IAsyncLifetime
    {
        public TestDatabase Database { get; } = new();

        public TestApp App { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await Database.InitializeAsync();
            App = await TestApp.StartAsync(Database, services: services => services.AddTwilio(Account));
        }

        public async Task DisposeAsync()
        {
            await App.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
