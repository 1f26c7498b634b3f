using Callback.Telephony.Twilio;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>Everything the client can be asked, once with as little and once with as much as there is.</summary>
internal static class TwilioDeeds
{
    private const string Room = "cb-0197f1a2b3c4d5e6f7a8b9c0d1e2f3a4";
    private static readonly DateTimeOffset Since = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    /// <summary>By the name of the client's method.</summary>
    public static readonly IReadOnlyList<(string Method, string Body, Func<TwilioClient, Task<object>> Deed)> All =
    [
        Deed("CreateCallAsync", Samples.Call, async client => await client.CreateCallAsync(AgentLeg, null, default)),
        Deed("CreateCallAsync", Samples.Call, async client => await client.CreateCallAsync(new("client:agent_7", "+861012345678") { Url = Samples.Hook }, null, default)),
        Deed("CreateCallAsync", Samples.Call, async client => await client.CreateCallAsync(new("sip:desk7@pbx.example", "+861012345678", new TwiML().Hangup().ToString()), null, default)),
        Deed("AddParticipantAsync", Samples.Participant, async client => await client.AddParticipantAsync(Room, new("+8613800138000", "+861012345678", "customer"), null, default)),
        Deed("AddParticipantAsync", Samples.Participant, async client => await client.AddParticipantAsync(Samples.ConferenceSid, CustomerLeg, null, default)),
        Deed("AddParticipantAsync", Samples.Participant, async client => await client.AddParticipantAsync(Room, Supervisor, null, default)),
        Deed("UpdateCallAsync", Samples.Call, async client => await client.UpdateCallAsync(Samples.CallSid, CallChange.Cancel, default)),
        Deed("UpdateCallAsync", Samples.Call, async client => await client.UpdateCallAsync(Samples.CallSid, CallChange.HangUp, default)),
        Deed("UpdateCallAsync", Samples.Call, async client => await client.UpdateCallAsync(Samples.CallSid, CallChange.To(new TwiML().Say("打扰了，再见。", "zh-CN").Hangup()), default)),
        Deed("UpdateCallAsync", Samples.Call, async client => await client.UpdateCallAsync(Samples.CallSid, CallChange.To(Samples.Hook), default)),
        Deed("UpdateParticipantAsync", Samples.Participant, async client => await client.UpdateParticipantAsync(Samples.ConferenceSid, "customer", new() { Hold = true, HoldUrl = Samples.Hook }, default)),
        Deed("UpdateParticipantAsync", Samples.Participant, async client => await client.UpdateParticipantAsync(
            Samples.ConferenceSid,
            Samples.CallSid,
            new() { Muted = true, AnnounceUrl = Samples.Hook, EndConferenceOnExit = false, Coaching = true, CoachCallSid = Samples.CallSid },
            default)),
        Deed("RemoveParticipantAsync", "", async client => await client.RemoveParticipantAsync(Samples.ConferenceSid, "customer", default)),
        Deed("EndConferenceAsync", Samples.Conference, async client => await client.EndConferenceAsync(Samples.ConferenceSid, default)),
        Deed("FindConferenceAsync", $$"""{"conferences":[{{Samples.Conference}}]}""", async client => await client.FindConferenceAsync(Room, default)),
        Deed("GetCallAsync", Samples.Call, async client => await client.GetCallAsync(Samples.CallSid, default)),
        Deed("ListCallsAsync", $$"""{"calls":[{{Samples.Call}}]}""", async client => await client.ListCallsAsync("+8613800138000", "+861012345678", Since, default)),
        Deed("ListCallsAsync", """{"calls":[]}""", async client => await client.ListCallsAsync("+8613800138000", null, Since, default)),
        Deed("ListCallsFromAsync", $$"""{"calls":[{{Samples.Call}}]}""", async client => await client.ListCallsFromAsync("+861012345678", Since, default)),
        Deed("ListParticipantsAsync", $$"""{"participants":[{{Samples.Participant}}]}""", async client => await client.ListParticipantsAsync(Samples.ConferenceSid, default)),
        Deed("ChangeRecordingAsync", Samples.Recording, async client => await client.ChangeRecordingAsync(RecordingOf.Call, Samples.CallSid, RecordingChange.Pause, default)),
        Deed("ChangeRecordingAsync", Samples.Recording, async client => await client.ChangeRecordingAsync(RecordingOf.Conference, Samples.ConferenceSid, RecordingChange.Resume, default)),
        Deed("ChangeRecordingAsync", Samples.Recording, async client => await client.ChangeRecordingAsync(RecordingOf.Call, Samples.CallSid, RecordingChange.Stop, default)),
        Deed("GetRecordingAsync", Samples.Recording, async client => await client.GetRecordingAsync(Samples.RecordingSid, default)),
        Deed("OpenRecordingAsync", "RIFF", async client => await client.OpenRecordingAsync(Samples.RecordingSid, RecordingFormat.Wav, null, null, default)),
        Deed("OpenRecordingAsync", "ID3", async client => await client.OpenRecordingAsync(Samples.RecordingSid, RecordingFormat.Mp3, 0, 99, default)),
        Deed("DeleteRecordingAsync", "", async client => await client.DeleteRecordingAsync(Samples.RecordingSid, default)),
        Deed("GetAccountAsync", $$"""{"sid":"{{Samples.AccountSid}}","status":"active","type":"Full","friendly_name":"shop"}""", async client => await client.GetAccountAsync(default)),
        Deed(
            "ListCallerIdsAsync",
            """{"incoming_phone_numbers":[{"phone_number":"+861012345678"}],"outgoing_caller_ids":[{"phone_number":"+861087654321"}]}""",
            async client => await client.ListCallerIdsAsync(default)),
    ];

    private static CreateCall AgentLeg => new("+8613900139000", "+861012345678", new TwiML().PlayDigits("ww12#").Conference(new(Room, "agent") { Status = Samples.Hook }).ToString())
    {
        Status = new(Samples.Hook),
        RingFor = TimeSpan.FromSeconds(25),
        AtMost = TimeSpan.FromHours(4),
        SendDigits = "WW7576#",
        MachineDetection = new(Samples.Hook),
        Recording = new(Samples.Hook),
    };

    private static AddParticipant CustomerLeg => Samples.Customer with
    {
        AtMost = TimeSpan.FromHours(1),
        MachineDetection = new(Samples.Hook),
        Recording = new(Samples.Hook),
    };

    private static AddParticipant Supervisor => new("client:supervisor_2", "+861012345678", "supervisor") { CoachCallSid = Samples.CallSid, Muted = true, EarlyMedia = false };

    private static (string Method, string Body, Func<TwilioClient, Task<object>> Deed) Deed(string method, string body, Func<TwilioClient, Task<object>> deed) => (method, body, deed);
}
