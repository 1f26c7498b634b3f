using TwilioFake.Faults;
using TwilioFake.Network;
using TwilioFake.Rest;
using TwilioFake.Twiml;
using TwilioFake.Webhooks;

namespace TwilioFake;

/// <summary>All parts of one fake Twilio, put together.</summary>
internal sealed class Exchange : IDisposable
{
    public Exchange(FakeTwilioOptions options)
    {
        World = new(options);
        Rings = new(options.Log);
        Postman = new(World);
        Courier = new(World, Postman, Faults);
        var events = new Events(World, Courier);
        Recorder = new(World, events);
        Progress = new(World, events, Rings, Recorder);
        Rooms = new(World, events, Recorder, Progress);
        Player = new(World, new(World, events, Postman), Rooms, Progress);
        Answers = new(World, Faults, Rings);
        Progress.Ending += call => Rooms.Leave(call);
        Progress.Connected += Connect;
    }

    public World World { get; }
    public RingLog Rings { get; }
    public FaultBook Faults { get; } = new();
    public Postman Postman { get; }
    public Courier Courier { get; }
    public Recorder Recorder { get; }
    public CallProgress Progress { get; }
    public Rooms Rooms { get; }
    public TwimlPlayer Player { get; }
    public FaultyAnswers Answers { get; }

    /// <summary>The called side hangs up, or refuses while it rings.</summary>
    public bool HangUp(FakeCall call)
    {
        if (call.Status is not ("ringing" or "in-progress"))
            return false;
        Progress.End(call, call.AnsweredAt is null ? "busy" : "completed", call.AnsweredAt is null ? 603 : 200);
        return true;
    }

    public bool Press(FakeCall call, string digits)
    {
        if (call.Status != "in-progress")
            return false;
        CallProgress.Press(call, digits);
        World.Pulse();
        return true;
    }

    /// <summary>Drops ordered faults, and delivers webhooks that were held to change their order.</summary>
    public void EndFaults()
    {
        Faults.Clear();
        Courier.ReleaseAll();
    }

    public void Reset()
    {
        Faults.Clear();
        World.Clear();
        Rings.Clear();
        Postman.Clear();
        Answers.Clear();
    }

    public void Dispose()
    {
        World.Dispose();
        Courier.Dispose();
        Postman.Dispose();
    }

    /// <summary>A participant goes to its room, another call to its TwiML.</summary>
    private void Connect(FakeCall call)
    {
        if (call.Seat is { ByApi: true } seat)
            Rooms.Enter(seat);
        else if (CallsApi.OrderOf(call.Asked) is { } order)
            Player.Start(call, order);
        else
            Progress.End(call, "completed", 200);
    }
}
