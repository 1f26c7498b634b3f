using Callback.CallScripts.Editing;
using Callback.Web.SignIn;

namespace Callback.Web.Components.CallScripts;

/// <summary>One form of the editor as it was sent.</summary>
internal sealed record EditorForm(HttpContext Http, CurrentShop Shop, string Name, IFormCollection Fields)
{
    public int Revision => NodeFields.RevisionOf(Fields);

    public string Order => Fields[NodeFields.Order].ToString();
}

/// <summary>Changes a draft step by step and answers as the editor's page needs it.</summary>
internal sealed class EditScript(ShowScripts scripts, SaveScriptDraft save)
{
    /// <param name="form">As it was sent.</param>
    /// <param name="change">What to do with the script's steps.</param>
    /// <param name="shown">The step to show afterwards; null: the settings.</param>
    /// <param name="onConflict">What the page shows when someone else saved first: all that was typed.</param>
    /// <param name="ct">Cancels the statements.</param>
    public async Task<IResult> SaveAsync(
        EditorForm form, Func<ScriptDocument, ScriptDocument> change, string? shown, Func<ScriptDraft, Dictionary<string, object?>> onConflict, CancellationToken ct)
    {
        var (http, shop, name, _) = form;
        var actor = http.GetActor();
        if ((await scripts.FindAsync(actor, shop.Id, name, ct))?.Draft is not { } draft)
            return Results.NotFound();
        if (draft.Revision != form.Revision)
            return Conflict(draft);
        if (ScriptDocument.Read(draft.Texts).Document is not { } document)
            return Screen.SeeOther(http, shop.Link($"/scripts/shop/{name}/yaml"));
        try
        {
            switch (await save.RunAsync(actor, new(shop.Id, name, form.Revision, change(document).ToTexts()), ct))
            {
                case SaveScriptResult.Saved:
                    Flash.Success(http, "scripts.saved");
                    return Screen.SeeOther(http, shop.Link(Address(form, shown)));
                case SaveScriptResult.ChangedMeanwhile(var current):
                    return Conflict(current);
                default:
                    return Results.NotFound();
            }
        }
        catch (InvalidInputException wrong)
        {
            var parameters = onConflict(draft);
            parameters.Remove("Conflict");
            parameters["Shown"] = form.Fields[NodeFields.Id].ToString();
            return Page(parameters.Append(new("Problems", wrong.Problems)), StatusCodes.Status422UnprocessableEntity);
        }

        IResult Conflict(ScriptDraft current) => Page(onConflict(current), StatusCodes.Status409Conflict);

        IResult Page(IEnumerable<KeyValuePair<string, object?>> parameters, int status) =>
            Screen.Page<ScriptEditPage>(new Dictionary<string, object?>(parameters) { ["Name"] = name, ["TypedOrder"] = form.Order }, status);
    }

    private static string Address(EditorForm form, string? shown)
    {
        var query = new[] { ("node", shown), ("order", form.Order) }.Where(pair => pair.Item2 is { Length: > 0 }).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}");
        return $"/scripts/shop/{form.Name}/edit?{string.Join('&', query)}".TrimEnd('?');
    }
}
