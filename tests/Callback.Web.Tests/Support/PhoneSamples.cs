using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Calls.Running;
using Callback.Telephony;
using Callback.Web.Components.Desk.Phone;

namespace Callback.Web.Tests.Support;

/// <summary>The desk on a line that calls the agent first, in each of its states.</summary>
internal static class PhoneSamples
{
    public static readonly IReadOnlyList<string> States = ["phone-away", "phone-held", "phone-rings", "phone-calling", "phone-talking", "phone-hold", "phone-transfer"];

    private static readonly Guid Hold = Guid.Parse("0198f000-0000-7000-8000-0000000000aa");
    private static readonly RoomGuest Manager = new(Guid.Parse("0198f000-0000-7000-8000-0000000000bb"), Guid.Empty, "陈主管", GuestMode.Listen, GuestState.In);

    /// <returns>Null: not a state with a phone.</returns>
    public static PhoneModel? Of(string state, DateTimeOffset now) => state switch
    {
        "phone-away" => new(new(true, null, null), null, null, []),
        "phone-held" => Model(now, BridgeState.Gone, null),
        "phone-rings" => Model(now, BridgeState.Calling, null),
        "phone-calling" => Model(now, BridgeState.Ready, Call(CallState.Ringing)),
        "phone-talking" => Model(now, BridgeState.Ready, Call(CallState.Answered) with { Recording = RecordingNow.On, AnsweredBy = "machine_start", Guests = [Manager] }),
        "phone-hold" => Model(now, BridgeState.Ready, Call(CallState.Answered) with { OnHold = true, Muted = true, Recording = RecordingNow.Paused }) with
        {
            Refusal = "Twilio 中没有这通电话、会议或录音（可能已结束或删除）。",
        },
        "phone-transfer" => Model(now, BridgeState.Ready, Call(CallState.Answered) with { OnHold = true, Guests = [Manager with { Mode = GuestMode.Transfer }] }),
        _ => null,
    };

    public static DeskCard OnItsLine(DeskCard card) => card with
    {
        Line = "twilio",
        Capabilities = new LineCapabilities(ShowsNumber: false, AgentReportsStates: false, CanHangUp: true) { NeedsAgentLeg = true },
        Number = null,
    };

    private static PhoneModel Model(DateTimeOffset now, BridgeState state, RunningCall? call) => new(
        new(true, new(LegKind.Phone, "0139", KeepOpen: true), new(
            DeskSamples.ShopId, Guid.Empty, state, LegKind.Phone, "0139", true, now.AddMinutes(-3), state == BridgeState.Calling ? null : now.AddMinutes(-2),
            state == BridgeState.Gone ? now.AddMinutes(-1) : null, state == BridgeState.Gone ? "no-answer" : null)),
        call is null ? null : Hold,
        call,
        call is null ? [] : [new(Guid.Parse("0198f000-0000-7000-8000-0000000000bb"), "陈主管"), new(Guid.Parse("0198f000-0000-7000-8000-0000000000cc"), "王主管")]);

    private static RunningCall Call(CallState state) => new(DeskSamples.ShopId, Guid.Empty, AttemptState.Placed, state, false, false, RecordingNow.Off, null, false, []);
}
