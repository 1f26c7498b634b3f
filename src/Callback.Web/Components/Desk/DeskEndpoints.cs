using Callback.Web.Api;
using Callback.Web.Components.Desk.Phone;
using Callback.Web.SignIn;

namespace Callback.Web.Components.Desk;

/// <summary>The acts of the desk. Each saves the draft that came with it, calls one use case, and answers with the desk as it is then.</summary>
internal static class DeskEndpoints
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    public static void MapDesk(this IEndpointRouteBuilder endpoints)
    {
        var desk = endpoints.MapGroup("/desk").RequirePermission(Permission.TakeCalls);
        desk.MapGet("/body", (DeskActs acts, string? seen, CancellationToken ct) => acts.ShowAsync(seen, ct));
        desk.MapGet("/wait", WaitAsync);
        desk.MapPost("/ready", (DeskActs acts, IFormCollection form, CancellationToken ct) => acts.ReadyAsync(form, ct));
        desk.MapPost("/next", (DeskActs acts, IFormCollection form, CancellationToken ct) => acts.NextAsync(form, ct));
        desk.MapPost("/pause", (DeskActs acts, IFormCollection form, CancellationToken ct) => acts.PauseAsync(form["reason"].ToString(), ct));
        desk.MapPost("/away", (DeskActs acts, IFormCollection form, CancellationToken ct) => acts.AwayAsync(form, ct));
        desk.MapPost("/attempts/{attempt:guid}/open", (DeskActs acts, Guid attempt, IFormCollection form, CancellationToken ct) => acts.OpenAsync(attempt, form, ct));
        MapCards(desk.MapGroup("/cards/{hold:guid}"));
        desk.MapPhone();
    }

    /// <summary>Answers when a call came free (200) or after a while (204). Takes nothing: a page that was left meanwhile must not be given a card.</summary>
    private static async Task<IResult> WaitAsync(CurrentActor current, QueueSignal signal, CancellationToken ct)
    {
        using var waiter = signal.Listen(current.Actor.ShopsWhere(Permission.TakeCalls));
        return await waiter.WaitAsync(LongestWait, ct) ? Results.Ok() : Results.NoContent();
    }

    private static void MapCards(RouteGroupBuilder cards)
    {
        cards.MapPost("/draft", (CardActs acts, Guid hold, IFormCollection form, string? part, CancellationToken ct) => acts.DraftAsync(hold, form, part, ct));
        cards.MapPost("/script", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.StepAsync(hold, form, ct));
        cards.MapPost("/dial", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.DialAsync(hold, form, ct));
        cards.MapPost("/paid", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.PaidAsync(hold, form, ct));
        cards.MapPost("/skip", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.SkipAsync(hold, form, ct));
        cards.MapPost("/state", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.StateAsync(hold, form, ct));
        cards.MapPost("/refresh", (CardActs acts, Guid hold, IFormCollection form, string? seen, CancellationToken ct) => acts.RefreshAsync(hold, form, seen, ct));
        cards.MapPost("/later", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.LaterAsync(hold, form, ct));
        cards.MapPost("/result", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.ResultAsync(hold, form, ct));
    }
}
