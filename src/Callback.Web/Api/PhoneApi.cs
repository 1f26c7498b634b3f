using Callback.Calls.Bridges;
using Callback.Calls.LineUse;
using Callback.Calls.Recordings;
using Callback.Calls.Running;
using Callback.Web.SignIn;

namespace Callback.Web.Api;

/// <summary>The agent's own phone and the buttons of a running call, over HTTP, for lines that call the agent first.</summary>
internal static class PhoneApi
{
    public static void MapPhoneApi(this IEndpointRouteBuilder app)
    {
        var desk = app.MapGroup("/api/v1").RequirePermission(Permission.TakeCalls).WithTags("Phone");
        MapPhone(desk.MapGroup("/desk/phone"));
        MapCall(desk.MapGroup("/attempts/{id:guid}"));
        app.MapGroup("/api/v1/shops/{shop}").RequirePermission(Permission.ViewOwnLog).WithTags("Log")
            .MapGet("/attempts/{id:guid}/recordings", (string shop, Guid id, HttpContext http, ListRecordings list, CancellationToken ct) =>
                list.RunAsync(http.GetActor(), Shop(shop), id, ct))
            .WithName("ListRecordings")
            .WithSummary("The recordings of a call: length, and until when they are kept. The sound is for managers, on the screens.");
    }

    private static void MapPhone(RouteGroupBuilder phone)
    {
        phone.MapGet("", (HttpContext http, GetBridge get, CancellationToken ct) => get.RunAsync(http.GetActor(), ct))
            .WithName("GetPhone")
            .WithSummary("Whether the agent's own phone is needed, what it is, and whether it is connected.");
        phone.MapPost("", async (HttpContext http, OpenBridge open, CancellationToken ct) => await open.RunAsync(http.GetActor(), ct) switch
            {
                OpenedBridge.Opened opened => Results.Ok(opened.Bridge),
                OpenedBridge.Refused refused => NotDone(refused.Code, null),
                _ => throw new InvalidOperationException("A phone is called or not."),
            })
            .WithName("ConnectPhone")
            .WithSummary("Calls the agent's own phone; 409 with 'reason' where that can't be done. Connected already: nothing happens.")
            .Produces<BridgeView>()
            .ProducesProblem(StatusCodes.Status409Conflict);
        phone.MapDelete("", async (HttpContext http, CloseBridge close, CancellationToken ct) =>
            {
                await close.RunAsync(http.GetActor(), ct);
                return Results.NoContent();
            })
            .WithName("DisconnectPhone")
            .WithSummary("Hangs the agent's own phone up, and with it whoever is in the call.")
            .Produces(StatusCodes.Status204NoContent);
        phone.MapPut("/leg", async (AgentLegBody body, HttpContext http, SaveAgentLeg save, CancellationToken ct) =>
            {
                await save.RunAsync(http.GetActor(), new(null, body.Kind, body.Address, body.KeepOpen), ct);
                return Results.NoContent();
            })
            .WithName("SetPhone")
            .WithSummary("Sets the agent's own phone: Softphone, Phone (a number) or Sip (name@host); without a kind: none.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static void MapCall(RouteGroupBuilder call)
    {
        call.MapGet("/call", async (Guid id, HttpContext http, GetRunningCall get, CancellationToken ct) =>
                await get.RunAsync(http.GetActor(), id, ct) is { } running ? Results.Ok(running) : Results.NotFound())
            .WithName("GetRunningCall")
            .WithSummary("Hold, mute, recording, guests; 404 on lines that have none of it.")
            .Produces<RunningCall>();
        Act(call, "/hold", "HoldCustomer", "Music for the customer, and back.", (Guid id, SwitchBody body, HttpContext http, HoldCustomer hold, CancellationToken ct) =>
            AnswerAsync(hold.RunAsync(http.GetActor(), id, body.On, ct)));
        Act(call, "/mute", "MuteAgent", "The customer does not hear the agent, and again does.", (Guid id, SwitchBody body, HttpContext http, MuteAgent mute, CancellationToken ct) =>
            AnswerAsync(mute.RunAsync(http.GetActor(), id, body.On, ct)));
        Act(call, "/digits", "SendDigits", "Key tones: 1–32 of 0–9, *, # and w (half a second).", (Guid id, DigitsBody body, HttpContext http, SendDigits send, CancellationToken ct) =>
            AnswerAsync(send.RunAsync(http.GetActor(), id, body.Digits ?? "", ct)));
        Act(call, "/recording", "PauseRecording", "Pauses the recording ('on': false) or goes on with it.", (Guid id, SwitchBody body, HttpContext http, PauseRecording pause, CancellationToken ct) =>
            AnswerAsync(pause.RunAsync(http.GetActor(), id, !body.On, ct)));
        Act(call, "/hang-up", "HangUp", "Hangs up the customer, or all.", (Guid id, HangUpBody body, HttpContext http, HangUp hang, CancellationToken ct) =>
            AnswerAsync(hang.RunAsync(http.GetActor(), id, body.Leg, ct)));
        Act(call, "/transfer", "TransferCall", "Start (with 'to'): the customer waits, the supervisor is called; Complete: the customer is put through; Withdraw: back.", TransferAsync);
        call.MapGet("/supervisors", (Guid id, HttpContext http, ListSupervisors list, CancellationToken ct) => list.RunAsync(http.GetActor(), id, ct))
            .WithName("ListSupervisors")
            .WithSummary("Who can take the call over.");
    }

    private static Task<IResult> TransferAsync(Guid id, TransferBody body, HttpContext http, TransferTo transfer, CancellationToken ct) => AnswerAsync(body.Step switch
    {
        TransferStep.Complete => transfer.CompleteAsync(http.GetActor(), id, ct),
        TransferStep.Withdraw => transfer.WithdrawAsync(http.GetActor(), id, ct),
        _ => transfer.StartAsync(http.GetActor(), id, body.To ?? throw new InvalidInputException(Problem.Of("supervisor-unknown", "to")), ct),
    });

    private static void Act(RouteGroupBuilder call, string path, string name, string summary, Delegate act) => call.MapPost(path, act)
        .WithName(name)
        .WithSummary(summary)
        .Produces<RunningCall>()
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> AnswerAsync(Task<ActResult> act) => await act switch
    {
        ActResult.Done done => Results.Ok(done.Call),
        ActResult.NotDone not => NotDone(not.Code, not.Call),
        _ => throw new InvalidOperationException("An act is done or not."),
    };

    private static IResult NotDone(string reason, RunningCall? call) => Results.Problem(
        "The line did not do it.", statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = "line-refused", ["reason"] = reason, ["call"] = call });

    private static ShopId Shop(string code) => ShopId.TryParse(code, out var shop) ? shop : throw new ShopUnknownException(shop);
}

/// <param name="Kind">Absent: no phone any more.</param>
/// <param name="Address">Number or SIP address; not needed for the browser.</param>
/// <param name="KeepOpen">Stay connected between calls.</param>
public sealed record AgentLegBody(LegKind? Kind = null, string? Address = null, bool KeepOpen = true);

public sealed record SwitchBody(bool On = true);

public sealed record DigitsBody(string? Digits = null);

public sealed record HangUpBody(HangUpLeg Leg = HangUpLeg.Customer);

public enum TransferStep
{
    Start,
    Complete,
    Withdraw,
}

/// <param name="To">The supervisor, for the start.</param>
public sealed record TransferBody(TransferStep Step = TransferStep.Start, Guid? To = null);
