using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TwilioFake;

namespace Callback.Web.Tests.Fakes;

/// <summary>A fake Twilio with a listening customer's server: what a test of the fake needs, without the product.</summary>
internal sealed class FakeAccount : IAsyncDisposable
{
    public const string Own = "+15005550006";
    public const string Customer = "+8613800138000";
    public const string Agent = "+8613900139000";

    /// <summary>Lets the call join a room, as an agent's leg does.</summary>
    public const string JoinRoom = """<Response><Dial><Conference participantLabel="agent" endConferenceOnExit="true">room</Conference></Dial></Response>""";

    private FakeAccount(TwilioFake.FakeTwilio fake, Listener listener)
    {
        Fake = fake;
        Hooks = listener;
        Client = new HttpClient { BaseAddress = new Uri(fake.BaseAddress, $"/2010-04-01/Accounts/{fake.Options.AccountSid}/") };
        Client.DefaultRequestHeaders.Authorization = Basic($"{fake.Options.AccountSid}:{fake.Options.AuthToken}");
    }

    public TwilioFake.FakeTwilio Fake { get; }
    public Listener Hooks { get; }
    public HttpClient Client { get; }

    public static async Task<FakeAccount> StartAsync(FakeTwilioOptions? options = null) => new(await TwilioFake.FakeTwilio.StartAsync(options), await Listener.StartAsync());

    public static AuthenticationHeaderValue Basic(string userAndSecret) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndSecret)));

    /// <summary>Posts a form below the account; a value with a comma at a key named Event is sent as several.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Key, string Value)[] form) =>
        Client.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))));

    /// <summary>Places a call of which all four events are reported, and gives its SID.</summary>
    public async Task<string> CallAsync(string to = Customer, string twiml = "<Response><Pause length=\"600\"/></Response>", params (string Key, string Value)[] more)
    {
        using var answer = await PostAsync("Calls.json", [("To", to), ("From", Own), ("Twiml", twiml), .. Reported("/status"), .. more]);
        return (string)(await JsonAsync(answer))["sid"]!;
    }

    /// <summary>Calls the customer into the room, and gives the answer.</summary>
    public async Task<JsonObject> InviteAsync(string to = Customer, string label = "customer", params (string Key, string Value)[] more)
    {
        using var answer = await PostAsync("Conferences/room/Participants.json", [("To", to), ("From", Own), ("Label", label), .. Reported("/status"), .. more]);
        return await JsonAsync(answer);
    }

    /// <summary>An agent in the room who talks with a customer.</summary>
    public async Task<(string Agent, string Customer, string Room)> TalkAsync(params (string Key, string Value)[] more)
    {
        var agent = await CallAsync(Agent, JoinRoom);
        await Fake.UntilAsync(fake => fake.Conferences.Any(room => room.Participants.Any(who => who.Status == "connected")));
        var customer = await InviteAsync(more: more);
        await Fake.UntilAsync(fake => fake.Conferences[^1].Status == "in-progress");
        return (agent, (string)customer["call_sid"]!, (string)customer["conference_sid"]!);
    }

    public async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return await JsonAsync(answer);
    }

    public static async Task<JsonObject> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Fake.DisposeAsync();
        await Hooks.DisposeAsync();
    }

    private (string, string)[] Reported(string path) =>
    [
        ("StatusCallback", Hooks.Url(path)), ("StatusCallbackEvent", "initiated"), ("StatusCallbackEvent", "ringing"), ("StatusCallbackEvent", "answered"),
        ("StatusCallbackEvent", "completed"),
    ];
}
