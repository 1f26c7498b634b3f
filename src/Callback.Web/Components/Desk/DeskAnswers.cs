using Callback.CallScripts;
using Callback.Web.Components.Desk.Phone;
using Callback.Web.Components.Shared;
using Callback.Web.Localization;
using Callback.Web.SignIn;

namespace Callback.Web.Components.Desk;

/// <summary>How the desk answers: with its body to htmx, else by sending the browser back to the page.</summary>
internal sealed class DeskAnswers(IHttpContextAccessor http, CurrentActor current, DeskReader reader, Texts texts)
{
    public Actor Actor => current.Actor;

    private HttpContext Context => http.HttpContext!;

    /// <param name="marksMissing">The checklist kept the agent from dialing: what is open is marked.</param>
    public async Task<IResult> DeskAsync(DeskNotice? notice, CancellationToken ct, bool marksMissing = false)
    {
        if (Context.Request.WantsFragment())
        {
            var model = await reader.ReadAsync(Actor, texts.Language, ct, notice);
            return Body(model with { Card = model.Card is { } card ? card with { MarksMissing = marksMissing } : null });
        }
        Leave(notice);
        return Results.Redirect("/desk");
    }

    /// <summary>Only when something has changed since the page was made; else nothing (204), and what is being typed stays as it is.</summary>
    public async Task<IResult> ChangedDeskAsync(string? seen, CancellationToken ct)
    {
        var model = await reader.ReadAsync(Actor, texts.Language, ct);
        return model.Stamp == seen ? Results.NoContent() : Body(model);
    }

    /// <summary>The desk with what kept the result from being saved.</summary>
    public async Task<IResult> RefusedAsync(IReadOnlyList<Problem> problems, CancellationToken ct)
    {
        var model = await reader.ReadAsync(Actor, texts.Language, ct);
        if (model.Card is { Card: var card })
            model = model with { Card = await reader.CardOfAsync(card, texts.Language, ct, problems: problems) with { MarksMissing = true } };
        return Context.Request.WantsFragment()
            ? Screen.Fragment<DeskBody>(new { Model = model }, StatusCodes.Status422UnprocessableEntity)
            : Screen.Page<DeskBody>(new Dictionary<string, object?> { [nameof(DeskBody.Model)] = model }, StatusCodes.Status422UnprocessableEntity);
    }

    /// <param name="phone">Null: nothing of a phone is shown (any more).</param>
    public IResult Phone(PhoneModel? phone)
    {
        if (!Context.Request.WantsFragment())
        {
            Leave(phone?.Refusal is { } refusal ? new(StatusKind.Warning, refusal) : null);
            return Results.Redirect("/desk");
        }
        return phone is null ? Results.Content("") : Screen.Fragment<PhoneStrip>(new { Model = phone });
    }

    public IResult Talk(CardModel card) =>
        Context.Request.WantsFragment() ? Screen.Fragment<DeskTalk>(new { Model = card, OutOfBand = true }) : Results.Redirect("/desk");

    /// <summary>What a choice changes: the middle of the card, or only what the shop owes.</summary>
    public IResult Part(string part, CardModel card) =>
        part == "owed" && Context.Request.WantsFragment() ? Screen.Fragment<OwedPanel>(new { Model = card, WithDraft = true }) : Talk(card);

    public IResult Saved(DateTimeOffset? at, CallDraft draft) =>
        Context.Request.WantsFragment() ? Screen.Fragment<DraftAnswer>(new { At = at, Lost = at is null, Draft = draft }) : Results.Redirect("/desk");

    private static IResult Body(DeskModel model) => Screen.Fragment<DeskBody>(new { Model = model });

    private void Leave(DeskNotice? notice)
    {
        if (notice is null)
            return;
        var sentence = notice.Detail is null ? notice.Text : $"{notice.Text} {notice.Detail}";
        if (notice.Kind == StatusKind.Good)
            Flash.Success(Context, "desk.notice", sentence);
        else
            Flash.Warning(Context, "desk.notice", sentence);
    }
}
