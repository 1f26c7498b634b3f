using System.Globalization;
using Callback.Calls;
using Callback.CallScripts;
using Callback.FollowUps;
using Callback.Web.SignIn;
using Callback.Wording;

namespace Callback.Web.Api;

/// <summary>The whole desk over HTTP; the key acts as the agent it was made for.</summary>
internal static class DeskApi
{
    public static IServiceCollection AddDeskApi(this IServiceCollection services) => services
        .AddSingleton<QueueSignal>()
        .AddHostedService(provider => provider.GetRequiredService<QueueSignal>())
        .AddSingleton<NextCall>();

    public static void MapDeskApi(this IEndpointRouteBuilder app)
    {
        var desk = app.MapGroup("/api/v1").RequirePermission(Permission.TakeCalls).WithTags("Desk");
        desk.MapGet("/desk", (HttpContext http, GetDesk get, CancellationToken ct) => get.RunAsync(http.GetActor(), ct))
            .WithName("GetDesk")
            .WithSummary("The agent's desk as it stands: state, campaigns, the card in hand, results that wait.");
        desk.MapPost("/desk/next", NextAsync)
            .WithName("TakeNextCall")
            .WithSummary("Ready: the next card, or 204 with 'X-Next-Window' (when the next window opens) and 'Retry-After'. 'wait' holds the request for up to 50 seconds.")
            .Produces<DeskCard>()
            .Produces(StatusCodes.Status204NoContent);
        desk.MapPost("/desk/state", async (AgentStateBody body, HttpContext http, SetAgentState set, CancellationToken ct) =>
            {
                await set.RunAsync(http.GetActor(), new(body.State, body.PauseReason), ct);
                return Results.NoContent();
            })
            .WithName("SetAgentState")
            .WithSummary("Paused (with a reason) or away; a held card goes back to its place.");
        MapHolds(desk.MapGroup("/desk/holds/{id:guid}"));
        MapAttempts(desk.MapGroup("/attempts/{id:guid}"));
    }

    private static void MapHolds(RouteGroupBuilder holds)
    {
        holds.MapGet("", async (Guid id, HttpContext http, GetDesk get, CancellationToken ct) =>
                await get.FindCardAsync(http.GetActor(), id, ct) is { } card ? Results.Ok(card) : Results.NotFound())
            .WithName("GetCard")
            .Produces<DeskCard>();
        holds.MapPut("/draft", async (Guid id, CallDraft draft, HttpContext http, SaveDraft save, WordingGuard guard, CancellationToken ct) =>
                await save.RunAsync(http.GetActor(), id, draft, ct) is { } at ? Results.Ok(new SavedDraftAnswer(at, WordingAnswer.Of(guard.CheckAll(draft.TypedTexts())))) : Lost())
            .WithName("SaveDraft")
            .WithSummary("Keeps what is on the card so far; the last writer wins.")
            .Produces<SavedDraftAnswer>()
            .ProducesProblem(StatusCodes.Status409Conflict);
        holds.MapPost("/dial", DialAsync)
            .WithName("Dial")
            .WithSummary("The dial gate: 201 with the attempt, or 409 with 'reason' and 'until'. Never repeated by itself: after a lost answer look at the desk.")
            .Produces<DialedAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict);
        holds.MapPost("/skip", async (Guid id, SkipBody body, HttpContext http, SkipCall skip, CancellationToken ct) =>
                Answer(await skip.RunAsync(http.GetActor(), new(id, body.Reason ?? ""), ct)))
            .WithName("SkipCall")
            .WithSummary("Puts the card behind the others; counted.");
        holds.MapPost("/already-paid", async (Guid id, AlreadyPaidBody? body, HttpContext http, AlreadyPaid paid, CancellationToken ct) =>
                Answer(await paid.RunAsync(http.GetActor(), id, body?.OrderNos, ct)))
            .WithName("MarkAlreadyPaid")
            .WithSummary("The orders were looked up and are paid: marks them, closes the card, spends nothing.");
        holds.MapDelete("", async (Guid id, HttpContext http, ReleaseHold release, CancellationToken ct) => Answer(await release.RunAsync(http.GetActor(), id, ct)))
            .WithName("ReleaseHold")
            .WithSummary("Gives the card back to where it stood.");
    }

    private static void MapAttempts(RouteGroupBuilder attempts)
    {
        attempts.MapPost("/state", (Guid id, CallStateBody body, HttpContext http, MarkCallState mark, CancellationToken ct) =>
                mark.RunAsync(http.GetActor(), new(id, body.State), ct))
            .WithName("MarkCallState")
            .WithSummary("What happens on the phone: Ringing, Answered, or an end (Completed, NoAnswer, Busy, Declined, Failed, Canceled).");
        attempts.MapPut("/result", RecordAsync)
            .WithName("RecordResult")
            .WithSummary("Saves the result. The submission id stands in the body or in 'Idempotency-Key'; the same id again is answered with what was saved.")
            .Produces<RecordedAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        attempts.MapPost("/later", async (Guid id, HttpContext http, WrapUpLater later, CancellationToken ct) => Answer(await later.RunAsync(http.GetActor(), id, ct)))
            .WithName("WrapUpLater")
            .WithSummary("Puts the result off on purpose; it stays on the desk's list.");
        attempts.MapPost("/open", async (Guid id, HttpContext http, OpenWrapUp open, CancellationToken ct) => Answer(await open.RunAsync(http.GetActor(), id, ct)))
            .WithName("OpenWrapUp")
            .WithSummary("Brings a result that was put off back onto the desk.");
    }

    private static async Task<IResult> NextAsync(
        NextBody? body, double? wait, HttpContext http, NextCall next, GetDesk desk, TimeProvider time, CancellationToken ct)
    {
        var actor = http.GetActor();
        var input = new HoldNextCallInput(body?.Campaigns is { } chosen ? [.. chosen.Select(key => new CampaignKey(ShopId.Parse(key.Shop), key.CampaignId))] : null);
        switch (await next.RunAsync(actor, input, TimeSpan.FromSeconds(Math.Clamp(wait ?? 0, 0, 50)), ct))
        {
            case HoldResult.Held held when await desk.FindCardAsync(actor, held.HoldId, ct) is { } card:
                return Results.Ok(card);
            case HoldResult.Held:
                http.Response.Headers.RetryAfter = "1";
                return Results.NoContent();
            case HoldResult.NothingWaiting nothing:
                if (nothing.OpensAt is { } opens)
                    http.Response.Headers["X-Next-Window"] = opens.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
                http.Response.Headers.RetryAfter = RetryAfter(nothing.OpensAt, time.GetUtcNow()).ToString(CultureInfo.InvariantCulture);
                return Results.NoContent();
            default:
                throw new InvalidOperationException("A card is held or nothing waits.");
        }
    }

    private static async Task<IResult> DialAsync(Guid id, DialBody? body, HttpContext http, DialCall dial, CancellationToken ct) =>
        await dial.RunAsync(http.GetActor(), new(id, body?.Draft), ct) switch
        {
            DialResult.Dialing go => Results.Created($"/api/v1/desk/holds/{id}", new DialedAnswer(go.Shop.Value, go.AttemptId, go.State, go.Number?.E164, go.Number?.Extension)),
            DialResult.Blocked no => Conflict(no.Reason, no.Until, "The dial gate refused; nothing was spent.", ("cardKept", no.CardKept)),
            DialResult.HoldLost => Lost(),
            DialResult.Busy => Conflict("Busy", null, "The person is in a call, or another gate was first; nothing was spent.", ("cardKept", true)),
            DialResult.ChecklistOpen open => Conflict("ChecklistOpen", null, "Items of the checklist are open before the dial.", ("items", open.Items), ("cardKept", true)),
            DialResult.NotPlaced not => Conflict("NotPlaced", null, "The line did not place the call.", ("attemptId", not.AttemptId), ("why", not.Reason), ("cardKept", false)),
            _ => throw new InvalidOperationException("The gate's answers are these."),
        };

    private static async Task<IResult> RecordAsync(Guid id, ResultBody body, HttpContext http, RecordResult record, WordingGuard guard, CancellationToken ct)
    {
        var key = body.SubmissionId ?? (Guid.TryParse(http.Request.Headers["Idempotency-Key"], out var header) ? header : null as Guid?);
        if (key is not { } submission)
            throw new InvalidInputException(Problem.Of("submission-required", "submissionId"));
        var recorded = await record.RunAsync(http.GetActor(), new(id, submission, body.Draft), ct);
        return Results.Ok(RecordedAnswer.Of(recorded, WordingAnswer.Of(guard.CheckAll(body.Draft.TypedTexts()))));
    }

    private static int RetryAfter(DateTimeOffset? opens, DateTimeOffset now) =>
        opens is { } at ? (int)Math.Clamp(Math.Ceiling((at - now).TotalSeconds), 1, 3600) : 5;

    private static IResult Answer(HoldOutcome outcome) => outcome == HoldOutcome.Done ? Results.NoContent() : Lost();

    private static IResult Lost() => Conflict("HoldLost", null, "The card is not in this agent's hands (any more).", ("cardKept", false));

    private static IResult Conflict(string reason, DateTimeOffset? until, string detail, params (string Name, object? Value)[] more)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = "dial-refused", ["reason"] = reason, ["until"] = until };
        foreach (var (name, value) in more)
            extensions[name] = value;
        return Results.Problem(detail, statusCode: StatusCodes.Status409Conflict, extensions: extensions);
    }
}
