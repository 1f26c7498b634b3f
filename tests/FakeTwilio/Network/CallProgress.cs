using TwilioFake.Webhooks;

namespace TwilioFake.Network;

/// <summary>What happens to a call, from the queue to its end. Called under the world's lock.</summary>
internal sealed class CallProgress(World world, Events events, RingLog rings, Recorder recorder)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Told once a call is to be connected: to its TwiML or its room.</summary>
    public event Action<FakeCall>? Connected;

    /// <summary>Told before the call's last event goes out.</summary>
    public event Action<FakeCall>? Ending;

    public FakeCall Place(Form asked)
    {
        var to = asked["To"]!;
        var call = new FakeCall(World.NewSid("CA"), to, asked["From"]!, asked, world.Script.Of(to), world.Now);
        world.Calls.Add(call);
        rings.Dialled(call, world.Now);
        call.QueueTime = Queue();
        world.After(call.QueueTime + call.Phone.QueuedFor, () => Initiate(call));
        return call;
    }

    /// <summary>Somebody takes the call; only while it rings.</summary>
    public bool Answer(FakeCall call)
    {
        if (call.Status != "ringing")
            return false;
        call.AnsweredAt = world.Now;
        call.Becomes("in-progress", world.Now);
        events.CallStatus(call, "answered");
        recorder.Answered(call);
        if (call.Phone.HangsUpAfter is { } talk)
            world.After(talk, () => End(call, "completed", 200));
        if (call.Asked.Number("TimeLimit") is { } limit)
            world.After(TimeSpan.FromSeconds(limit), () => End(call, "completed", 200));
        if (call.Phone.Presses.Length > 0)
            world.After(call.Phone.PressesAfter, () => Press(call, call.Phone.Presses));
        if (call.Asked["SendDigits"] is { } digits)
            call.Heard.Add($"digits:{digits}");
        Detect(call);
        return true;
    }

    public static void Press(FakeCall call, string digits)
    {
        call.Keys += digits;
        call.KeyPressed?.TrySetResult();
    }

    /// <summary>Ends a call, once; later calls change nothing.</summary>
    public void End(FakeCall call, string status, int? sip)
    {
        if (call.Ended)
            return;
        call.EndedAt = world.Now;
        call.Sip = sip;
        call.Becomes(status, world.Now);
        if (call.AnsweredAt is not null)
            call.Price = (-0.013m * Math.Max(1, (call.Seconds + 59) / 60)).ToString("0.00000", System.Globalization.CultureInfo.InvariantCulture);
        call.Playing?.Cancel();
        rings.Ended(call, world.Now);
        Ending?.Invoke(call);
        recorder.Ended(call);
        events.CallStatus(call, "completed");
        world.Pulse();
    }

    /// <summary>Excess over the calls per second waits in Twilio's own queue.</summary>
    private TimeSpan Queue()
    {
        if (world.Options.CallsPerSecond is not { } rate)
            return TimeSpan.Zero;
        var start = world.NextStart > world.Now ? world.NextStart : world.Now;
        world.NextStart = start + TimeSpan.FromSeconds(1 / rate);
        return start - world.Now;
    }

    private void Initiate(FakeCall call)
    {
        if (call.Ended)
            return;
        if (call.Seat is { Status: "queued" } seat)
            seat.Status = "connecting";
        events.CallStatus(call, "initiated");
        world.After(call.Phone.RingsAfter, () => Reach(call));
    }

    private void Reach(FakeCall call)
    {
        if (call.Phone.Manner == PhoneManner.Busy)
            End(call, "busy", 486);
        else if (call.Phone.Manner == PhoneManner.Fails)
            End(call, "failed", 404);
        else if (!call.Ended)
            Ring(call);
    }

    private void Ring(FakeCall call)
    {
        call.Becomes("ringing", world.Now);
        if (call.Seat is { } seat)
            seat.Status = "ringing";
        rings.Rang(call, world.Now);
        events.CallStatus(call, "ringing");
        var timeout = call.Asked.Number("Timeout") is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeout;
        if (call.Phone.Manner is PhoneManner.Answers or PhoneManner.Machine && call.Phone.AnswersAfter < timeout)
            world.After(call.Phone.AnswersAfter, () => Answer(call));
        else if (call.Phone.Manner == PhoneManner.Declines)
            world.After(call.Phone.AnswersAfter, () => End(call, "busy", 603));
        world.After(timeout, () =>
        {
            if (call.Status == "ringing")
                End(call, "no-answer", 487);
        });
    }

    /// <summary>Asks who answered, if wanted: before connecting, or beside it (rooms always beside).</summary>
    private void Detect(FakeCall call)
    {
        var mode = call.Asked["MachineDetection"];
        if (mode is null || call.Asked.Has("SendDigits"))
        {
            Connected?.Invoke(call);
            return;
        }
        var beside = call.Seat is not null || call.Asked.Flag("AsyncAmd");
        var url = call.Asked["AmdStatusCallback"] ?? call.Asked["AsyncAmdStatusCallback"];
        if (beside)
            Connected?.Invoke(call);
        world.After(call.Phone.DetectedAfter, () =>
        {
            if (call.Ended)
                return;
            call.AnsweredBy = call.Phone.AnsweredBy ?? Verdict(call.Phone, mode);
            if (!beside)
                Connected?.Invoke(call);
            else if (url is not null)
                events.MachineDetected(call, url, call.Asked["AmdStatusCallbackMethod"] ?? call.Asked["AsyncAmdStatusCallbackMethod"] ?? "POST", call.Phone.DetectedAfter);
        });
    }

    private static string Verdict(Phone phone, string mode) =>
        phone.Manner != PhoneManner.Machine ? "human" : mode == "DetectMessageEnd" ? "machine_end_beep" : "machine_start";
}
