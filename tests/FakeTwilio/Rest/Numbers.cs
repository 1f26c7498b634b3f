using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TwilioFake.Network;
using TwilioFake.Webhooks;

namespace TwilioFake.Rest;

/// <summary>The account itself and the numbers it may call from.</summary>
internal sealed partial class Numbers(World world)
{
    private FakeTwilioOptions Options => world.Options;

    public static string SidOf(string number) => "PN" + Convert.ToHexStringLower(Digest(number));

    public void Map(RouteGroupBuilder account)
    {
        account.On("GET", "/IncomingPhoneNumbers.json", http => Answers.Page(http, "incoming_phone_numbers", Filtered(http, Options.OwnNumbers), SidOf, Incoming));
        account.On("GET", "/OutgoingCallerIds.json", http => Answers.Page(http, "outgoing_caller_ids", Filtered(http, Options.VerifiedNumbers), SidOf, Verified));
    }

    /// <summary>The account itself, whose address is no folder.</summary>
    public void MapAccount(IEndpointRouteBuilder app) => app.On("GET", $"/2010-04-01/Accounts/{Options.AccountSid}.json", _ => Answers.Json(Account()));

    /// <summary>Why a call with these ends cannot be made, or null.</summary>
    public IResult? Refuse(Form asked)
    {
        if (asked["To"] is not { } to)
            return Answers.Refused(21201, "No 'To' number specified");
        if (asked["From"] is not { } from)
            return Answers.Refused(21213, "No 'From' number specified");
        if (world.Script.Of(to).RefusedWith is { } code)
            return Answers.Refused(code, $"The call to {to} was refused by the script");
        if (!Phone().IsMatch(to) && !to.StartsWith("client:", StringComparison.Ordinal) && !to.StartsWith("sip:", StringComparison.Ordinal))
            return Answers.Refused(21211, $"The phone number you are attempting to call, {to}, is not valid.");
        if (!to.StartsWith('+') || Options.OwnNumbers.Contains(from) || Options.VerifiedNumbers.Contains(from))
            return null;
        return Answers.Refused(21210, $"The source phone number provided, {from}, is not yet verified for your account.");
    }

    private JsonObject Account()
    {
        var uri = $"/2010-04-01/Accounts/{Options.AccountSid}";
        var opened = Events.Rfc2822(DateTimeOffset.UnixEpoch);
        return new()
        {
            ["auth_token"] = Options.AuthToken,
            ["date_created"] = opened,
            ["date_updated"] = opened,
            ["friendly_name"] = "Fake account",
            ["owner_account_sid"] = Options.AccountSid,
            ["sid"] = Options.AccountSid,
            ["status"] = "active",
            ["subresource_uris"] = new JsonObject { ["calls"] = uri + "/Calls.json", ["conferences"] = uri + "/Conferences.json", ["recordings"] = uri + "/Recordings.json" },
            ["type"] = "Full",
            ["uri"] = uri + ".json",
        };
    }

    private static List<string> Filtered(HttpContext http, IReadOnlyList<string> numbers) => [.. numbers.Where(number => (http.Query("PhoneNumber") ?? number) == number)];

    private JsonObject Incoming(string number)
    {
        var shape = Verified(number);
        shape["uri"] = $"/2010-04-01/Accounts/{Options.AccountSid}/IncomingPhoneNumbers/{SidOf(number)}.json";
        shape["api_version"] = "2010-04-01";
        shape["beta"] = false;
        shape["capabilities"] = new JsonObject { ["voice"] = true, ["sms"] = false, ["mms"] = false, ["fax"] = false };
        shape["address_requirements"] = "none";
        shape["emergency_status"] = "Inactive";
        shape["origin"] = "twilio";
        shape["status"] = "in-use";
        shape["voice_receive_mode"] = "voice";
        return shape;
    }

    private JsonObject Verified(string number) =>
        new()
        {
            ["sid"] = SidOf(number),
            ["date_created"] = Events.Rfc2822(DateTimeOffset.UnixEpoch),
            ["date_updated"] = Events.Rfc2822(DateTimeOffset.UnixEpoch),
            ["friendly_name"] = number,
            ["account_sid"] = Options.AccountSid,
            ["phone_number"] = number,
            ["uri"] = $"/2010-04-01/Accounts/{Options.AccountSid}/OutgoingCallerIds/{SidOf(number)}.json",
        };

    private static byte[] Digest(string number) => SHA256.HashData(Encoding.UTF8.GetBytes(number))[..16];

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex Phone();
}
