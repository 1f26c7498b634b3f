using Callback.Web.SignIn;

namespace Callback.Web.Components.Desk;

/// <summary>The acts of the desk. Each saves the draft that came with it, calls one use case, and answers with the desk as it is then.</summary>
internal static class DeskEndpoints
{
    public static void MapDesk(this IEndpointRouteBuilder endpoints)
    {
        var desk = endpoints.MapGroup("/desk").RequirePermission(Permission.TakeCalls);
        desk.MapGet("/body", (DeskActs acts, string? seen, CancellationToken ct) => acts.ShowAsync(seen, ct));
        desk.MapPost("/ready", (DeskActs acts, IFormCollection form, CancellationToken ct) => acts.ReadyAsync(form, ct));
        desk.MapPost("/next", (DeskActs acts, IFormCollection form, CancellationToken ct) => acts.NextAsync(form, ct));
        desk.MapPost("/pause", (DeskActs acts, IFormCollection form, CancellationToken ct) => acts.PauseAsync(form["reason"].ToString(), ct));
        desk.MapPost("/away", (DeskActs acts, IFormCollection form, CancellationToken ct) => acts.AwayAsync(form, ct));
        desk.MapPost("/attempts/{attempt:guid}/open", (DeskActs acts, Guid attempt, IFormCollection form, CancellationToken ct) => acts.OpenAsync(attempt, form, ct));
        MapCards(desk.MapGroup("/cards/{hold:guid}"));
    }

    private static void MapCards(RouteGroupBuilder cards)
    {
        cards.MapPost("/draft", (CardActs acts, Guid hold, IFormCollection form, string? part, CancellationToken ct) => acts.DraftAsync(hold, form, part, ct));
        cards.MapPost("/script", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.StepAsync(hold, form, ct));
        cards.MapPost("/dial", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.DialAsync(hold, form, ct));
        cards.MapPost("/paid", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.PaidAsync(hold, form, ct));
        cards.MapPost("/skip", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.SkipAsync(hold, form, ct));
        cards.MapPost("/state", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.StateAsync(hold, form, ct));
        cards.MapPost("/refresh", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.RefreshAsync(hold, form, ct));
        cards.MapPost("/later", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.LaterAsync(hold, form, ct));
        cards.MapPost("/result", (CardActs acts, Guid hold, IFormCollection form, CancellationToken ct) => acts.ResultAsync(hold, form, ct));
    }
}
