namespace Callback.Telephony.Twilio;

/// <summary>Requests in Twilio's words.</summary>
internal static class TwilioForms
{
    public static TwilioForm Of(CreateCall call)
    {
        var form = new TwilioForm()
            .Add("To", call.To)
            .Add("From", call.From)
            .Add("Twiml", call.Twiml)
            .Add("Url", call.Twiml is null ? call.Url : null)
            .Add("SendDigits", call.SendDigits)
            .Add("Timeout", call.RingFor)
            .Add("TimeLimit", call.AtMost);
        Add(form, call.Status);
        Add(form, call.Recording);
        return call.MachineDetection is not { } detection ? form : form
            .Add("MachineDetection", "Enable")
            .Add("AsyncAmd", "true")
            .Add("AsyncAmdStatusCallback", detection.Verdict);
    }

    public static TwilioForm Of(AddParticipant participant)
    {
        var form = new TwilioForm()
            .Add("To", participant.To)
            .Add("From", participant.From)
            .Add("Label", participant.Label)
            .Add("Timeout", participant.RingFor)
            .Add("TimeLimit", participant.AtMost)
            .Add("EarlyMedia", participant.EarlyMedia)
            .Add("Beep", "false")
            .Add("Muted", participant.Muted)
            .Add("StartConferenceOnEnter", participant.StartConferenceOnEnter)
            .Add("EndConferenceOnExit", participant.EndConferenceOnExit)
            .Add("Coaching", participant.CoachCallSid is null ? null : true)
            .Add("CallSidToCoach", participant.CoachCallSid);
        Add(form, participant.Status);
        Add(form, participant.Recording);
        return participant.MachineDetection is not { } detection ? form : form
            .Add("MachineDetection", "Enable")
            .Add("AmdStatusCallback", detection.Verdict);
    }

    public static TwilioForm Of(CallChange change) => new TwilioForm()
        .Add("Status", change.Status)
        .Add("Twiml", change.Twiml)
        .Add("Url", change.Url);

    public static TwilioForm Of(ParticipantChange change) => new TwilioForm()
        .Add("Muted", change.Muted)
        .Add("Hold", change.Hold)
        .Add("HoldUrl", change.HoldUrl)
        .Add("AnnounceUrl", change.AnnounceUrl)
        .Add("EndConferenceOnExit", change.EndConferenceOnExit)
        .Add("Coaching", change.Coaching)
        .Add("CallSidToCoach", change.CoachCallSid);

    public static TwilioForm Of(RecordingChange change) => change switch
    {
        // Silence keeps the recording as long as the talk, so that a place in it can be found by the clock.
        RecordingChange.Pause => new TwilioForm().Add("Status", "paused").Add("PauseBehavior", "silence"),
        RecordingChange.Resume => new TwilioForm().Add("Status", "in-progress"),
        _ => new TwilioForm().Add("Status", "stopped"),
    };

    private static void Add(TwilioForm form, StatusHook? hook)
    {
        if (hook is not null)
            form.Add("StatusCallback", hook.Address).Each("StatusCallbackEvent", hook.Events);
    }

    private static void Add(TwilioForm form, RecordingWish? recording)
    {
        if (recording is null)
            return;
        form.Add("Record", true)
            .Add("RecordingChannels", "dual")
            .Add("RecordingStatusCallback", recording.Status)
            // Unlike StatusCallbackEvent, one value with spaces.
            .Add("RecordingStatusCallbackEvent", "in-progress completed absent");
    }
}
