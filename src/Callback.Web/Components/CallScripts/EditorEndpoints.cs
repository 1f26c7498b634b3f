using Callback.CallScripts.Editing;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.CallScripts;

/// <summary>The editor's forms: a step, the settings, both texts. Each names the revision it was made on; what someone else saved meanwhile is told, and nothing typed is lost.</summary>
internal static class EditorEndpoints
{
    public static void MapEditor(this IEndpointRouteBuilder own)
    {
        own.MapPost("/node", NodeAsync);
        own.MapPost("/head", HeadAsync);
        own.MapPost("/add", AddAsync);
        own.MapPost("/rename", RenameAsync);
        own.MapPost("/remove", RemoveAsync);
        own.MapPost("/check", CheckAsync);
        own.MapPost("/yaml", YamlAsync);
        own.MapPost("/check-yaml", CheckYamlAsync);
    }

    private static Task<IResult> NodeAsync(string name, [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, EditScript edit, CancellationToken ct)
    {
        var typed = NodeFields.Read(form);
        return edit.SaveAsync(
            new(http, shop, name, form), document => document.With(typed), typed.Id,
            current => new() { ["Typed"] = typed, ["Conflict"] = Conflict(current, document => document.With(typed), typed.Id) }, ct);
    }

    private static Task<IResult> HeadAsync(string name, [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, EditScript edit, CancellationToken ct)
    {
        var typed = NodeFields.ReadHead(form);
        return edit.SaveAsync(
            new(http, shop, name, form), document => document.WithHead(typed), null,
            current => new() { ["TypedHead"] = typed, ["Conflict"] = Conflict(current, document => document.WithHead(typed), null) }, ct);
    }

    private static async Task<IResult> AddAsync(
        string name, [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, EditScript edit, ShowScripts scripts, CancellationToken ct)
    {
        var title = new Both(form["new-zh"].ToString().Trim(), form["new-en"].ToString().Trim());
        var taken = await scripts.TextsAsync(http.GetActor(), shop.Id, name, null, ct) is { } texts ? ScriptDocument.Read(texts).Document?.Ids ?? [] : [];
        var node = new NodeForm
        {
            Id = NodeFields.IdFrom(title.En, taken, "step"),
            Kind = Enum.TryParse<Callback.CallScripts.NodeKind>(form["new-kind"], out var kind) ? kind : Callback.CallScripts.NodeKind.Say,
            Title = title,
        };
        var after = form["after"].ToString();
        return await edit.SaveAsync(
            new(http, shop, name, form), document => document.Insert(node, after.Length == 0 ? null : after), node.Id,
            current => new() { ["Typed"] = node, ["Conflict"] = Conflict(current, document => document.Insert(node, null), node.Id) }, ct);
    }

    private static Task<IResult> RemoveAsync(string name, [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, EditScript edit, CancellationToken ct)
    {
        var id = form[NodeFields.Id].ToString();
        return edit.SaveAsync(new(http, shop, name, form), document => document.Without(id), null, current => new() { ["Conflict"] = new EditConflict(current, []) }, ct);
    }

    private static Task<IResult> RenameAsync(string name, [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, EditScript edit, CancellationToken ct)
    {
        var (id, to) = (form[NodeFields.Id].ToString(), form["to"].ToString().Trim());
        return edit.SaveAsync(
            new(http, shop, name, form), document => RenameIn(document, id, to), to, current => new() { ["Conflict"] = new EditConflict(current, []) }, ct);
    }

    private static ScriptDocument RenameIn(ScriptDocument document, string id, string to)
    {
        ShopScriptPolicy.Demand(ShopScriptPolicy.CheckStep(to, [.. document.Ids.Where(other => other != id)]));
        return document.Renamed(id, to);
    }

    /// <summary>The step or the settings as they are typed now, judged and shown; nothing is saved.</summary>
    private static async Task<IResult> CheckAsync(string name, [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, ScriptEditor editor, CancellationToken ct)
    {
        var node = form.ContainsKey(NodeFields.Id) ? NodeFields.Read(form) : null;
        var head = node is null ? NodeFields.ReadHead(form) : null;
        return await editor.ReadAsync(http.GetActor(), shop.Id, name, null, form[NodeFields.Order], ct, node, head) is { } model
            ? Screen.Fragment<CheckPanel>(new { Model = model })
            : Results.NotFound();
    }

    private static async Task<IResult> YamlAsync(
        string name, [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, SaveScriptDraft save, CancellationToken ct)
    {
        var typed = Texts(form);
        var page = new Dictionary<string, object?> { ["Name"] = name, ["Typed"] = typed };
        try
        {
            switch (await save.RunAsync(http.GetActor(), new(shop.Id, name, NodeFields.RevisionOf(form), typed), ct))
            {
                case SaveScriptResult.Saved:
                    Flash.Success(http, "scripts.saved");
                    return Screen.SeeOther(http, shop.Link($"/scripts/shop/{name}/yaml"));
                case SaveScriptResult.ChangedMeanwhile(var current):
                    page["Theirs"] = current;
                    return Screen.Page<ScriptYamlPage>(page, StatusCodes.Status409Conflict);
                default:
                    return Results.NotFound();
            }
        }
        catch (InvalidInputException wrong)
        {
            page["Problems"] = wrong.Problems;
            return Screen.Page<ScriptYamlPage>(page, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static IResult CheckYamlAsync(string name, [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, ScriptCheck checks)
    {
        http.GetActor().Demand(Permission.EditCallScripts, shop.Id);
        var texts = Texts(form);
        return ShopScriptPolicy.CheckTexts(texts) is { } problem
            ? Screen.Fragment<ProblemLine>(new { Problem = problem })
            : Screen.Fragment<FindingList>(new { Findings = (IReadOnlyList<Callback.CallScripts.ScriptFinding>)[.. checks.Of(texts).Findings.Where(finding => finding.Kind != ConfigFindingKind.Fact)] });
    }

    private static Callback.CallScripts.ScriptTexts Texts(IFormCollection form) =>
        new(form["zh"].ToString().ReplaceLineEndings("\n"), form["en"].ToString().ReplaceLineEndings("\n"));

    private static EditConflict Conflict(ScriptDraft current, Func<ScriptDocument, ScriptDocument> change, string? node) => new(
        current,
        ScriptDocument.Read(current.Texts).Document is { } document
            ? [.. ScriptDifference.Between(current.Texts, change(document).ToTexts())?.Where(found => found.Node == node) ?? []]
            : []);
}
