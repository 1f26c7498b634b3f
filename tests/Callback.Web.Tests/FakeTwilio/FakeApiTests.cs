using System.Globalization;
using System.Net;
using System.Text;
using Callback.Tests.Support;
using TwilioFake;

namespace Callback.Web.Tests.Fakes;

/// <summary>Who may ask the fake API, what it refuses, and how its lists are read.</summary>
public sealed class FakeApiTests
{
    private static readonly (string, string)[] Good = [("To", FakeAccount.Customer), ("From", FakeAccount.Own), ("Twiml", FakeAccount.JoinRoom)];

    [Fact]
    public async Task Token_and_api_key_are_let_in_and_others_are_not()
    {
        await using var account = await FakeAccount.StartAsync();
        var options = account.Fake.Options;
        async Task<HttpStatusCode> AskAsync(string? userAndSecret)
        {
            account.Client.DefaultRequestHeaders.Authorization = userAndSecret is null ? null : FakeAccount.Basic(userAndSecret);
            using var answer = await account.Client.GetAsync(new Uri("Calls.json", UriKind.Relative));
            return answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.OK, await AskAsync($"{options.AccountSid}:{options.AuthToken}"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync($"{options.ApiKey}:{options.ApiSecret}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"{options.AccountSid}:{options.ApiSecret}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(null));
    }

    [Theory]
    [InlineData("To", "", 21201)]
    [InlineData("From", "", 21213)]
    [InlineData("To", "12345", 21211)]
    [InlineData("From", "+15005550009", 21210)]
    [InlineData("Twiml", "", 21205)]
    [InlineData("Timeout", "soon", 20001)]
    [InlineData("Timeout", "601", 20001)]
    [InlineData("StatusCallbackEvent", "hung-up", 21626)]
    [InlineData("StatusCallback", "http://my_shop.example/status", 21609)]
    [InlineData("SendDigits", "12x", 13225)]
    public async Task A_wrong_call_is_refused_with_twilios_code_and_dials_nobody(string key, string value, int code)
    {
        await using var account = await FakeAccount.StartAsync();
        using var answer = await account.PostAsync("Calls.json", [.. Good.Where(pair => pair.Item1 != key), (key, value)]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (int)(await FakeAccount.JsonAsync(answer))["code"]!);
        Assert.Empty(account.Fake.Calls);
    }

    [Fact]
    public async Task A_number_can_be_refused_by_script()
    {
        await using var account = await FakeAccount.StartAsync();
        account.Fake.Set("+86*", new Phone { RefusedWith = 21215 });
        using var answer = await account.PostAsync("Conferences/room/Participants.json", ("To", FakeAccount.Customer), ("From", FakeAccount.Own));
        Assert.Equal(21215, (int)(await FakeAccount.JsonAsync(answer))["code"]!);
        Assert.Equal(new Rings(0, 0), account.Fake.RingsOf(FakeAccount.Customer));
    }

    [Fact]
    public async Task A_body_that_is_no_form_has_no_parameters()
    {
        await using var account = await FakeAccount.StartAsync();
        using var body = new StringContent("""{"To":"+8613800138000"}""", Encoding.UTF8, "application/json");
        using var answer = await account.Client.PostAsync(new Uri("Calls.json", UriKind.Relative), body);
        Assert.Equal(21201, (int)(await FakeAccount.JsonAsync(answer))["code"]!);
    }

    [Theory]
    [InlineData("Calls/CA00000000000000000000000000000000.json")]
    [InlineData("Conferences/CF00000000000000000000000000000000.json")]
    [InlineData("Recordings/RE00000000000000000000000000000000.json")]
    [InlineData("Faxes.json")]
    public async Task What_does_not_exist_is_20404(string path)
    {
        await using var account = await FakeAccount.StartAsync();
        Assert.Equal(20404, (int)(await account.GetAsync(path))["code"]!);
    }

    [Fact]
    public async Task A_list_comes_newest_first_in_pages_that_new_calls_do_not_shift()
    {
        await using var account = await FakeAccount.StartAsync();
        List<string> placed = [];
        for (var call = 0; call < 5; call++)
            placed.Insert(0, await account.CallAsync());
        await account.CallAsync("+8613800138001");
        List<string> listed = [];
        var next = $"/2010-04-01/Accounts/{account.Fake.Options.AccountSid}/Calls.json?PageSize=2&To={Uri.EscapeDataString(FakeAccount.Customer)}";
        while (next is not null)
        {
            Assert.StartsWith("/2010-04-01/", next, StringComparison.Ordinal);
            var page = await account.GetAsync(next);
            listed.AddRange(page["calls"]!.AsArray().Select(call => (string)call!["sid"]!));
            next = (string?)page["next_page_uri"];
            if (listed.Count == 2)
                await account.CallAsync();
        }
        Assert.Equal(placed, listed);
    }

    [Fact]
    public async Task A_list_that_lags_shows_neither_new_calls_nor_new_states()
    {
        var time = new ManualTime(new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        await using var account = await FakeAccount.StartAsync(new() { Time = time, ListLag = TimeSpan.FromSeconds(10) });
        await account.CallAsync();
        foreach (var _ in Enumerable.Range(0, 4))
            time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("in-progress", account.Fake.CallTo(FakeAccount.Customer)!.Status);
        Assert.Empty((await account.GetAsync("Calls.json"))["calls"]!.AsArray());
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("queued", (string?)(await account.GetAsync("Calls.json"))["calls"]![0]!["status"]);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("in-progress", (string?)(await account.GetAsync("Calls.json"))["calls"]![0]!["status"]);
    }

    [Fact]
    public async Task A_queued_call_has_no_start_and_so_no_filter_by_start_finds_it()
    {
        var time = new ManualTime(new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        await using var account = await FakeAccount.StartAsync(new() { Time = time });
        await account.CallAsync();
        var since = Uri.EscapeDataString(time.GetUtcNow().AddHours(-1).ToString("s", CultureInfo.InvariantCulture) + "Z");
        Assert.Empty((await account.GetAsync($"Calls.json?StartTime%3E={since}"))["calls"]!.AsArray());
        time.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single((await account.GetAsync($"Calls.json?StartTime%3E={since}"))["calls"]!.AsArray());
    }
}
