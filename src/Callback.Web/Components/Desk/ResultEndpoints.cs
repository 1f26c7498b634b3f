using System.Globalization;
using Callback.FollowUps;
using Callback.Web.Localization;
using Callback.Web.SignIn;

namespace Callback.Web.Components.Desk;

/// <summary>A manager's writing and correcting of results.</summary>
internal static class ResultEndpoints
{
    public static void MapResults(this IEndpointRouteBuilder endpoints)
    {
        var results = endpoints.MapGroup("/log/results/{hold:guid}").RequirePermission(Permission.CorrectResult);
        results.MapPost("/draft", ShowAsync);
        results.MapPost("/result", SaveAsync);
    }

    /// <summary>The form again, as the choices made in it ask for; saves nothing.</summary>
    private static async Task<IResult> ShowAsync(
        HttpContext context, Guid hold, IFormCollection form, string? part, CurrentActor current, ResultReader reader, Texts texts, CancellationToken ct)
    {
        var day = DateOnly.TryParseExact(form["promise-day"], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var chosen) ? chosen : (DateOnly?)null;
        if (await reader.FindAsync(current.Actor, hold, texts.Language, ct, DraftForm.ReadWithNewTask(form), day) is not { } model)
            return Results.NotFound();
        return context.Request.WantsFragment()
            ? part == "owed" ? Screen.Fragment<OwedPanel>(new { Model = model }) : Screen.Fragment<DeskTalk>(new { Model = model, OutOfBand = true })
            : Page(model, form, StatusCodes.Status200OK);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context, Guid hold, IFormCollection form, CurrentActor current, CurrentShop shop, ResultReader reader, RecordResult record, CorrectResult correct, Texts texts,
        TimeProvider time, CancellationToken ct)
    {
        var draft = DraftForm.Read(form);
        if (await reader.FindAsync(current.Actor, hold, texts.Language, ct, draft) is not { Card: { AttemptId: { } attempt } card })
            return Results.NotFound();
        var submission = Guid.TryParse(form["submission"], out var id) ? id : Ids.New(time);
        try
        {
            _ = card.Revision > 0
                ? await correct.RunAsync(current.Actor, new(attempt, submission, draft, form["why"].ToString()), ct)
                : await record.RunAsync(current.Actor, new(attempt, submission, draft), ct);
        }
        catch (InvalidInputException refused)
        {
            return Page((await reader.FindAsync(current.Actor, hold, texts.Language, ct, draft, problems: refused.Problems))!, form, StatusCodes.Status422UnprocessableEntity);
        }
        Flash.Success(context, "desk.result-saved");
        return Screen.SeeOther(context, shop.Link($"/log/{attempt}"));
    }

    private static IResult Page(CardModel model, IFormCollection form, int status) => Screen.Page<ResultPage>(
        new Dictionary<string, object?>
        {
            [nameof(ResultPage.AttemptId)] = model.Card.AttemptId,
            [nameof(ResultPage.Refused)] = model,
            [nameof(ResultPage.Why)] = form["why"].ToString(),
        },
        status);
}
