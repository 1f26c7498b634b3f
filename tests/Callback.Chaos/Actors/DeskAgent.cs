using System.Net;
using System.Text.Json;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Actors;

/// <summary>
/// An agent over the HTTP API: takes a card, connects the own phone, dials, waits for the end, saves the result. What is not known is looked up on the desk; the dial is never sent
/// again, a result is sent again under its id until it is acknowledged.
/// </summary>
internal sealed class DeskAgent(ShopFloor floor, int seat, Uri frontDoor, Ledger ledger, Refusals refusals, Dice dice) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(400);

    private readonly DeskHttp http = new(ShopFloor.Client(frontDoor, floor.Keys[seat], Patience));
    private readonly AgentPhone phone = new(floor.Plan.Agents[seat].Phone);
    private readonly ResultPaper paper = new(dice);
    private int idle;

    /// <summary>Works until it is told to stop; a result that was begun is seen through a little longer.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            try
            {
                await TurnAsync(stop);
            }
            catch (Exception e) when (WireTrouble.Is(e) || e is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                // The node died, stands still, or is cut off: the next turn looks at the desk again.
                refusals.Count(WireTrouble.Is(e) ? "no answer" : $"odd: {e.Message}");
                await Wait.QuietlyAsync(dice.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(300)), stop);
            }
    }

    public void Dispose() => http.Dispose();

    private async Task TurnAsync(CancellationToken stop)
    {
        var next = await http.SendAsync(HttpMethod.Post, "/api/v1/desk/next?wait=2", new { }, stop);
        if (next.Status == HttpStatusCode.OK)
        {
            idle = 0;
            await HandleAsync(next.Body, stop);
            return;
        }
        if (next.Status != HttpStatusCode.NoContent)
            refusals.Count($"next {(int)next.Status}");
        if (++idle % 3 == 0)
            await WriteAsideAsync(stop);
        await Wait.QuietlyAsync(dice.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(400)), stop);
    }

    private Task HandleAsync(JsonElement card, CancellationToken stop) => card.GetProperty("phase").GetString() switch
    {
        "Held" => DialAsync(card, stop),
        "Calling" or "Talking" => FollowAsync(card.GetProperty("attemptId").GetGuid(), stop),
        "WrapUp" => RecordAsync(card.GetProperty("attemptId").GetGuid(), card.GetProperty("callState").GetString()!),
        _ => Wait.QuietlyAsync(TimeSpan.FromMilliseconds(200), stop),
    };

    private async Task DialAsync(JsonElement card, CancellationToken stop)
    {
        if (!await phone.ReadyAsync(http, stop))
        {
            refusals.Count("own phone not ready");
            return;
        }
        var dialed = await http.SendAsync(HttpMethod.Post, $"/api/v1/desk/holds/{card.GetProperty("holdId").GetGuid()}/dial", new { draft = paper.Draft(null) }, stop);
        if (dialed.Status == HttpStatusCode.Created)
        {
            var attempt = dialed.Body.GetProperty("attemptId").GetGuid();
            ledger.WasDialed(attempt, floor.Plan.Agents[seat].Name);
            if (dialed.Body.GetProperty("state").GetString() != "Unknown")
                await FollowAsync(attempt, stop);
            return;
        }
        var reason = dialed.Reason;
        refusals.Count($"dial {(int)dialed.Status} {reason}");
        switch (reason)
        {
            case "ChecklistOpen":
                paper.Learn(dialed.Body.GetProperty("items").EnumerateArray().Select(item => item.GetString()!));
                break;
            case "AgentLegNotReady":
                phone.Lost();
                break;
            case "RoomOccupied":
                await phone.AnewAsync(http, stop);
                break;
            default:
                await Wait.QuietlyAsync(dice.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(300)), stop);
                break;
        }
    }

    /// <summary>Listens until the call is over; one in ten hangs up first.</summary>
    private async Task FollowAsync(Guid attempt, CancellationToken stop)
    {
        var hangsUp = dice.Chance(0.1);
        for (var until = Wait.Now + LongestCall; Wait.Now < until && !stop.IsCancellationRequested;)
        {
            var call = await http.SendAsync(HttpMethod.Get, $"/api/v1/attempts/{attempt}/call", null, stop);
            if (call.Status != HttpStatusCode.OK)
                return;
            if (call.Body.GetProperty("state").GetString() is "Ended" or "Unknown" or "NotPlaced" or "Spent")
                return;
            if (hangsUp && call.Body.GetProperty("talking").GetBoolean())
                await http.SendAsync(HttpMethod.Post, $"/api/v1/attempts/{attempt}/hang-up", new { leg = "Customer" }, stop);
            await Wait.QuietlyAsync(Glance, stop);
        }
    }

    private async Task RecordAsync(Guid attempt, string callState)
    {
        var submission = Guid.CreateVersion7(Wait.Now);
        var outcome = paper.OutcomeOf(callState);
        // Begun is seen through: the same id again and again, whatever happens to the node.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (!limit.IsCancellationRequested)
        {
            var saved = await TryAsync(attempt, submission, outcome, limit.Token);
            if (saved is { Status: HttpStatusCode.OK })
            {
                ledger.ResultSaved(submission, attempt, outcome);
                return;
            }
            if (saved is { Status: HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotFound or HttpStatusCode.Conflict })
            {
                refusals.Count($"result {(int)saved.Status} {saved.Reason}");
                if (!paper.LearnFrom(saved.Body))
                    return;
            }
            await Wait.QuietlyAsync(dice.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(300)), limit.Token);
        }
        refusals.Count("result never acknowledged");
    }

    private async Task<DeskAnswer?> TryAsync(Guid attempt, Guid submission, string outcome, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(HttpMethod.Put, $"/api/v1/attempts/{attempt}/result", new { submissionId = submission, draft = paper.Draft(outcome) }, ct);
        }
        catch (Exception e) when (WireTrouble.Is(e))
        {
            return null;
        }
    }

    /// <summary>Calls that were found late, or abandoned: their results wait aside.</summary>
    private async Task WriteAsideAsync(CancellationToken stop)
    {
        var desk = await http.SendAsync(HttpMethod.Get, "/api/v1/desk", null, stop);
        if (desk.Status != HttpStatusCode.OK)
            return;
        foreach (var waiting in desk.Body.GetProperty("wrapUps").EnumerateArray().Where(waiting => waiting.GetProperty("mine").GetBoolean()).Take(5))
        {
            var attempt = waiting.GetProperty("attemptId").GetGuid();
            var opened = await http.SendAsync(HttpMethod.Post, $"/api/v1/attempts/{attempt}/open", new { }, stop);
            if (opened.Status == HttpStatusCode.NoContent)
                await RecordAsync(attempt, "Completed");
        }
    }
}
