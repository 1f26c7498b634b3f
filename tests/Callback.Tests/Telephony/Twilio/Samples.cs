using Callback.Telephony.Twilio;
using Callback.Tests.Support;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>An account, ids and answers in Twilio's form.</summary>
internal static class Samples
{
    public const string Hex = "0123456789abcdef0123456789abcdef";
    public const string AccountSid = "AC" + Hex;
    public const string CallSid = "CA" + Hex;
    public const string ConferenceSid = "CF" + Hex;
    public const string RecordingSid = "RE" + Hex;

    public const string Call = $$"""{"sid":"{{CallSid}}","status":"queued","to":"+8613800138000","from":"+861012345678","date_created":"Mon, 23 Nov 2026 03:05:00 +0000","queue_time":"1500","price":null}""";

    public const string Participant = $$"""{"call_sid":"{{CallSid}}","conference_sid":"{{ConferenceSid}}","label":"customer","status":"queued","muted":false,"hold":false,"coaching":false,"end_conference_on_exit":true,"queue_time":"0"}""";

    public const string Conference = $$"""{"sid":"{{ConferenceSid}}","friendly_name":"cb-1","status":"in-progress","date_created":"Mon, 23 Nov 2026 03:05:00 +0000"}""";

    public const string Recording = $$"""{"sid":"{{RecordingSid}}","call_sid":"{{CallSid}}","status":"paused","duration":"17","channels":2,"start_time":"Mon, 23 Nov 2026 03:05:00 +0000","price":"-0.0025","price_unit":"USD"}""";

    public static readonly Uri Hook = new("https://calls.shop.example/webhooks/twilio/s/a/h/status");

    public static ManualTime Clock() => new(new DateTimeOffset(2026, 11, 23, 3, 5, 0, TimeSpan.Zero));

    public static TwilioAccount Account(Uri baseAddress, int callsPerSecond = 30) => new()
    {
        AccountSid = AccountSid,
        AuthToken = "token",
        PublicAddress = new("https://calls.shop.example"),
        BaseAddress = baseAddress,
        CallsPerSecond = callsPerSecond,
    };

    public static TwilioClient Client(WireServer server, TimeProvider? time = null) => Client(Account(server.Address), time);

    public static TwilioClient Client(TwilioAccount account, TimeProvider? time = null) =>
        new(account, new CallRate(account.CallsPerSecond, time ?? TimeProvider.System), time ?? TimeProvider.System);

    public static AddParticipant Customer => new("+8613800138000", "+861012345678", "customer")
    {
        Status = new(Hook),
        RingFor = TimeSpan.FromSeconds(30),
        EndConferenceOnExit = true,
    };

    public static string Error(int code, int status) => $$"""{"code":{{code}},"message":"…","more_info":"https://www.twilio.com/docs/errors/{{code}}","status":{{status}}}""";
}
