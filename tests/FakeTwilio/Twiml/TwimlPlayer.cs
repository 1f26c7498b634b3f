using System.Xml.Linq;
using TwilioFake.Network;

namespace TwilioFake.Twiml;

/// <summary>Plays TwiML to a call: Say, Play, Pause, Gather, Dial with Conference, Redirect, Hangup. Other verbs are noted as errors and passed over.</summary>
internal sealed class TwimlPlayer(World world, TwimlSource source, Rooms rooms, CallProgress progress)
{
    private readonly KeyReader keys = new(world);

    /// <summary>Begins with a document, in place of what was played. Called under the world's lock.</summary>
    public void Start(FakeCall call, Order order)
    {
        call.Playing?.Cancel();
        rooms.Leave(call, stays: true);
        // Not disposed: it has no timer, and the network may cancel it at any later time.
        call.Playing = new CancellationTokenSource();
        _ = RunAsync(call, order, call.Playing.Token);
    }

    /// <summary>Lets somebody in a room, or on hold, hear a document.</summary>
    public async Task AnnounceAsync(FakeCall call, string url, string method)
    {
        var response = await source.FetchAsync(call, url, method, [], CancellationToken.None);
        foreach (var verb in response?.Elements() ?? [])
        {
            if (verb.Name.LocalName is "Say" or "Play")
                Hear(call, verb);
        }
        world.Pulse();
    }

    private async Task RunAsync(FakeCall call, Order order, CancellationToken ct)
    {
        await Task.Yield();
        try
        {
            await OrderAsync(call, order, [], ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return;
        }
        lock (world.Gate)
        {
            if (!ct.IsCancellationRequested)
                progress.End(call, "completed", 200);
        }
    }

    private async Task<Flow> OrderAsync(FakeCall call, Order order, IReadOnlyList<KeyValuePair<string, string>> more, CancellationToken ct)
    {
        var (response, url) = order switch
        {
            Order.Inline inline => (source.Read(call, inline.Text), (string?)null),
            Order.At at => (await FetchAsync(call, at, more, ct), at.Url),
            _ => throw new InvalidOperationException("No such order."),
        };
        if (response is null)
        {
            lock (world.Gate)
                call.Heard.Add("say:en-US:We are sorry, an application error has occurred. Goodbye.");
            return Flow.HangUp;
        }
        foreach (var verb in response.Elements())
        {
            var flow = await VerbAsync(call, verb, new Sheet(response, url), ct);
            if (flow != Flow.Next)
                return flow;
        }
        return Flow.HangUp;
    }

    private async Task<XElement?> FetchAsync(FakeCall call, Order.At at, IReadOnlyList<KeyValuePair<string, string>> more, CancellationToken ct) =>
        await source.FetchAsync(call, at.Url, at.Method, more, ct)
        ?? (at.FallbackUrl is { } fallback ? await source.FetchAsync(call, fallback, at.FallbackMethod, [.. more, new("ErrorCode", "11200"), new("ErrorUrl", at.Url)], ct) : null);

    private async Task<Flow> VerbAsync(FakeCall call, XElement verb, Sheet sheet, CancellationToken ct)
    {
        switch (verb.Name.LocalName)
        {
            case "Say" or "Play":
                Hear(call, verb);
                await Task.Delay(world.Options.SpeechTakes, world.Time, ct);
                return Flow.Next;
            case "Pause":
                await Task.Delay(TimeSpan.FromSeconds(verb.Number("length", 1)), world.Time, ct);
                return Flow.Next;
            case "Hangup" or "Reject":
                return Flow.HangUp;
            case "Redirect":
                await OrderAsync(call, new Order.At(Order.Resolve(sheet.Url, verb.Value.Trim()), verb.Text("method") ?? "POST"), [], ct);
                return Flow.Replaced;
            case "Gather":
                return await GatherAsync(call, verb, sheet, ct);
            case "Dial" when verb.Element("Conference") is { } conference:
                return await DialAsync(call, verb, conference, sheet, ct);
            default:
                source.Complain($"12200 {call.Sid}: {verb.Name} is not played here");
                return Flow.Next;
        }
    }

    private async Task<Flow> GatherAsync(FakeCall call, XElement gather, Sheet sheet, CancellationToken ct)
    {
        foreach (var prompt in gather.Elements())
            await VerbAsync(call, prompt, sheet, ct);
        var digits = await keys.TakeAsync(call, (int)gather.Number("numDigits", 0), gather.Text("finishOnKey") ?? "#", TimeSpan.FromSeconds(gather.Number("timeout", 5)), ct);
        if (digits.Length == 0 && gather.Text("actionOnEmptyResult") != "true")
            return Flow.Next;
        if ((gather.Text("action") ?? sheet.Url) is not { } action)
            return Flow.Next;
        await OrderAsync(call, new Order.At(Order.Resolve(sheet.Url, action), gather.Text("method") ?? "POST"), [new("Digits", digits), new("msg", "Gather End")], ct);
        return Flow.Replaced;
    }

    private async Task<Flow> DialAsync(FakeCall call, XElement dial, XElement conference, Sheet sheet, CancellationToken ct)
    {
        FakeParticipant seat;
        lock (world.Gate)
        {
            ct.ThrowIfCancellationRequested();
            seat = ConferenceNoun.SeatOf(conference, rooms.Open(conference.Value.Trim(), ConferenceNoun.WishesOf(conference, sheet)), call, world.Now);
            rooms.Enter(seat);
        }
        await seat.Left.Task.WaitAsync(ct);
        if (dial.Text("action") is not { } action)
            return Flow.Next;
        await OrderAsync(call, new Order.At(Order.Resolve(sheet.Url, action), dial.Text("method") ?? "POST"), [new("DialCallStatus", "answered")], ct);
        return Flow.Replaced;
    }

    private void Hear(FakeCall call, XElement verb)
    {
        var heard = verb.Name == "Say" ? $"say:{verb.Text("language") ?? "en-US"}:{verb.Value.Trim()}"
            : verb.Text("digits") is { } digits ? $"digits:{digits}" : $"play:{verb.Value.Trim()}";
        lock (world.Gate)
            call.Heard.Add(heard);
        world.Pulse();
    }
}
