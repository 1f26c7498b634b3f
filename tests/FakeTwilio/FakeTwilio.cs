using TwilioFake.Network;
using TwilioFake.Webhooks;

namespace TwilioFake;

/// <summary>
/// A Twilio of its own on a loopback port: the REST API, signed webhooks, and a phone network that does what a script says. Knows nothing of the product, so that it can be a
/// witness. The same acts are open to other processes at <c>/_fake</c>.
/// </summary>
public sealed class FakeTwilio : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly WebApplication app;
    private readonly Exchange exchange;

    private FakeTwilio(WebApplication app, Exchange exchange)
    {
        this.app = app;
        this.exchange = exchange;
        BaseAddress = new Uri(app.Urls.First());
    }

    public Uri BaseAddress { get; }

    public FakeTwilioOptions Options => exchange.World.Options;

    /// <summary>All calls, oldest first, agents' legs among them.</summary>
    public IReadOnlyList<SeenCall> Calls => Under(world => world.Calls.ConvertAll(call => call.Seen()));

    public IReadOnlyList<SeenConference> Conferences => Under(world => world.Conferences.ConvertAll(room => room.Seen()));

    /// <summary>Every try to deliver a webhook, in the order they ended.</summary>
    public IReadOnlyList<SentWebhook> Webhooks => exchange.Postman.Sent;

    /// <summary>Every request to the API, in the order they were carried out.</summary>
    public IReadOnlyList<SeenRequest> Requests => exchange.Answers.Seen;

    /// <summary>What Twilio's debugger would show: webhooks that failed, TwiML that is wrong.</summary>
    public IReadOnlyList<string> Errors => Under(world => world.Errors.ToList());

    public static async Task<FakeTwilio> StartAsync(FakeTwilioOptions? options = null, CancellationToken ct = default)
    {
        var exchange = new Exchange(options ?? new());
        var app = Server.Build(exchange);
        await app.StartAsync(ct);
        exchange.World.PublicAddress = app.Urls.First();
        return new FakeTwilio(app, exchange);
    }

    /// <summary>How often the number was dialled, and how often it rang.</summary>
    public Rings RingsOf(string number) => exchange.Rings.Of(number);

    /// <summary>The newest call to the number, or null.</summary>
    public SeenCall? CallTo(string number) => Calls.LastOrDefault(call => call.To == number);

    /// <summary>From now on the number (or pattern) behaves like this; running calls keep their manner.</summary>
    public void Set(string number, Phone phone) =>
        Under(world => world.Script = world.Script with { Numbers = new Dictionary<string, Phone>(world.Script.Numbers) { [number] = phone } });

    public void SetDefault(Phone phone) => Under(world => world.Script = world.Script with { Default = phone });

    public void Inject(RequestFault fault) => exchange.Faults.Add(fault);

    public void Inject(WebhookFault fault) => exchange.Faults.Add(fault);

    /// <summary>Standing trouble from now on, until <see cref="EndFaults"/>.</summary>
    public void Become(Weather weather) => exchange.Faults.Become(weather);

    /// <summary>Drops ordered faults, and delivers webhooks that were held to change their order.</summary>
    public void EndFaults() => exchange.EndFaults();

    /// <summary>The called side takes the call; false if it does not ring.</summary>
    public bool Answer(string callSid) => On(callSid, call => exchange.Progress.Answer(call));

    /// <summary>The called side hangs up, or refuses if it rings; false if the call is over.</summary>
    public bool HangUp(string callSid) => On(callSid, exchange.HangUp);

    /// <summary>The called side presses keys.</summary>
    public bool Press(string callSid, string digits) => On(callSid, call => exchange.Press(call, digits));

    /// <summary>Posts a webhook that nothing caused: forged, replayed, invented. Signed with the account's token unless another is given.</summary>
    public Task<HttpResponseMessage> PostWebhookAsync(string url, IReadOnlyList<KeyValuePair<string, string>> form, string? token = null, CancellationToken ct = default) =>
        exchange.Postman.SendAsync(url, "POST", form, Signature.Of(token ?? Options.AuthToken, url, form), World.NewSid(""), ct);

    /// <summary>Waits until it is so, at most ten seconds; looks again whenever something happens here.</summary>
    /// <exception cref="TimeoutException">It did not become so; the message lists calls and errors.</exception>
    public async Task UntilAsync(Func<FakeTwilio, bool> condition, CancellationToken ct = default)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(Patience);
        while (true)
        {
            var change = exchange.World.ChangeAsync();
            if (condition(this))
                return;
            try
            {
                await change.WaitAsync(late.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException($"Not within {Patience}. Calls: {string.Join("; ", Calls.Select(call => $"{call.To} {call.Status}"))}. Errors: {string.Join("; ", Errors)}");
            }
        }
    }

    /// <summary>Waits until the call to the number has this status, and gives it.</summary>
    public async Task<SeenCall> CallAsync(string number, string status, CancellationToken ct = default)
    {
        await UntilAsync(fake => fake.CallTo(number)?.Status == status, ct);
        return CallTo(number)!;
    }

    /// <summary>Waits until no webhook is on its way.</summary>
    public Task QuietAsync(CancellationToken ct = default) => UntilAsync(fake => fake.exchange.Courier.Idle, ct);

    /// <summary>Forgets everything but the log file.</summary>
    public void Reset() => exchange.Reset();

    /// <summary>Waits until the process is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken ct = default) => app.WaitForShutdownAsync(ct);

    public async ValueTask DisposeAsync()
    {
        exchange.Dispose();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await app.StopAsync(limit.Token);
        await app.DisposeAsync();
    }

    private T Under<T>(Func<World, T> read)
    {
        lock (exchange.World.Gate)
            return read(exchange.World);
    }

    private bool On(string callSid, Func<Network.FakeCall, bool> act) => Under(world => world.FindCall(callSid) is { } call && act(call));
}
