using System.Globalization;
using TwilioFake.Network;
using TwilioFake.Twiml;

namespace TwilioFake.Rest;

/// <summary><c>/Calls</c>: create, read, list, change.</summary>
internal sealed class CallsApi(World world, Shapes shapes, Numbers numbers, CallProgress progress, TwimlPlayer player)
{
    public void Map(RouteGroupBuilder account)
    {
        account.On("POST", "/Calls.json", Create);
        account.On("GET", "/Calls.json", List);
        account.On("GET", "/Calls/{sid}.json", http => WithCall(http, call => Answers.Json(shapes.Call(call, Known(call)))));
        account.On("POST", "/Calls/{sid}.json", http => WithCall(http, call => Change(call, Api.FormOf(http))));
    }

    /// <summary>What the TwiML of a call is, or null.</summary>
    public static Order? OrderOf(Form asked) =>
        asked["Url"] is { } url ? new Order.At(url, asked["Method"] ?? "POST", asked["FallbackUrl"], asked["FallbackMethod"] ?? "POST")
        : asked["Twiml"] is { } twiml ? new Order.Inline(twiml)
        : null;

    private IResult Create(HttpContext http)
    {
        var asked = Api.FormOf(http);
        lock (world.Gate)
        {
            if ((numbers.Refuse(asked) ?? Wrong(asked)) is { } refused)
                return refused;
            return Answers.Created(shapes.Call(progress.Place(asked), "queued"));
        }
    }

    private static IResult? Wrong(Form asked)
    {
        if (asked["ApplicationSid"] is null && OrderOf(asked) is null)
            return Answers.Refused(21205, "Url parameter is required.");
        if (asked["Url"] is { } url && !url.StartsWith("http", StringComparison.Ordinal))
            return Answers.Refused(21205, $"Url is not a valid URL: {url}");
        if (asked["Twiml"] is { Length: > 4000 })
            return Answers.Refused(21605, "Twiml is longer than 4000 characters.");
        return Api.WrongParameters(asked, leastTimeout: 1);
    }

    private IResult Change(FakeCall call, Form asked)
    {
        if (call.Ended)
            return Answers.Refused(21220, "Call is not in-progress. Cannot redirect.");
        if (asked["Status"] is { } status and not ("canceled" or "completed"))
            return Answers.Refused(21218, $"Status {status} is not canceled or completed.");
        call.StatusCallback = asked["StatusCallback"] ?? call.StatusCallback;
        if (asked["Status"] == "canceled" && call.AnsweredAt is not null)
            return Answers.Refused(21220, "Call is already in-progress. Cannot cancel.");
        if (asked["Status"] is not null)
            progress.End(call, call.AnsweredAt is null ? "canceled" : "completed", call.AnsweredAt is null ? 487 : 200);
        else if (OrderOf(asked) is { } order && call.AnsweredAt is null)
            return Answers.Refused(21220, "Call is not in-progress. Cannot redirect.");
        else if (OrderOf(asked) is { } next)
            player.Start(call, next);
        return Answers.Json(shapes.Call(call, call.Status));
    }

    private IResult List(HttpContext http)
    {
        var query = new Form(http.Request.Query.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? ""))));
        lock (world.Gate)
        {
            var seen = world.Calls.Where(call => call.CreatedAt <= world.Now - world.Options.ListLag && Fits(call, query)).Reverse().ToList();
            return Answers.Page(http, "calls", seen, call => call.Sid, call => shapes.Call(call, Known(call)));
        }
    }

    private bool Fits(FakeCall call, Form query) =>
        (query["To"] ?? call.To) == call.To && (query["From"] ?? call.From) == call.From && query["ParentCallSid"] is null && (query["Status"] ?? Known(call)) == Known(call)
        && (query["StartTime"] is not { } on || StartOf(call)?.UtcDateTime.Date == Instant(on).UtcDateTime.Date)
        && (query["StartTime<"] is not { } until || StartOf(call) < Instant(until))
        && (query["StartTime>"] is not { } from || StartOf(call) >= Instant(from));

    /// <summary>A queued call has no start time, so a filter by it does not find the call.</summary>
    private DateTimeOffset? StartOf(FakeCall call) => Known(call) == "queued" ? null : call.AnsweredAt ?? call.CreatedAt;

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private string Known(FakeCall call) => call.History.FindLast(entry => entry.At <= world.Now - world.Options.ListLag).Status ?? "queued";

    private IResult WithCall(HttpContext http, Func<FakeCall, IResult> act)
    {
        lock (world.Gate)
            return world.FindCall(http.Part("sid")) is { } call ? act(call) : Answers.NotFound(http);
    }
}
