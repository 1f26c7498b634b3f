using System.Globalization;
using Callback.CallScripts.Editing;
using Callback.Web.Components.Desk;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.CallScripts;

/// <summary>The forms of the scripts' pages, but for the editor's own.</summary>
internal static class ScriptsEndpoints
{
    public static void MapScripts(this IEndpointRouteBuilder app)
    {
        var scripts = app.MapGroup("/scripts").RequirePermission(Permission.EditCallScripts);
        scripts.MapPost("/copy", CopyAsync);
        scripts.MapPost("/import", ImportAsync);
        scripts.MapPost("/walk", WalkAsync);
        var own = scripts.MapGroup("/shop/{name}");
        own.MapGet("/export", ExportAsync);
        own.MapPost("/open", OpenAsync);
        own.MapPost("/publish", PublishAsync);
        own.MapPost("/roll-back", RollBackAsync);
        own.MapPost("/delete-draft", DeleteAsync);
        own.MapEditor();
    }

    private static async Task<IResult> CopyAsync(
        [FromForm] string? source, [FromForm] string? name, HttpContext http, CurrentShop shop, CreateScriptDraft create, CancellationToken ct)
    {
        try
        {
            var draft = await create.RunAsync(http.GetActor(), new CopyScriptInput(shop.Id, source ?? "", name?.Trim() ?? ""), ct);
            return Screen.SeeOther(http, shop.Link($"/scripts/shop/{draft.Name}/edit"));
        }
        catch (InvalidInputException wrong)
        {
            return Refused(new() { ["CopyProblems"] = wrong.Problems, ["Source"] = source, ["CopyName"] = name });
        }
        catch (ScriptRefusedException wrong)
        {
            return Refused(new() { ["ImportFindings"] = wrong.Errors, ["Source"] = source, ["CopyName"] = name });
        }
    }

    private static async Task<IResult> ImportAsync(
        IFormFile? zip, IFormFile? zh, IFormFile? en, [FromForm(Name = "import_name")] string? name, HttpContext http, CurrentShop shop, CreateScriptDraft create,
        CancellationToken ct)
    {
        try
        {
            var texts = await ScriptFiles.ReadAsync(zip, zh, en, ct) ?? throw new InvalidInputException(Problem.Of("script-files", "zip"));
            var draft = await create.RunAsync(http.GetActor(), new ImportScriptInput(shop.Id, name?.Trim() ?? "", texts), ct);
            return Screen.SeeOther(http, shop.Link($"/scripts/shop/{draft.Name}/edit"));
        }
        catch (InvalidInputException wrong)
        {
            var problems = wrong.Problems.Select(problem => problem.Field == "name" ? problem with { Field = "import_name" } : problem).ToList();
            return Refused(new() { ["ImportProblems"] = problems, ["ImportName"] = name });
        }
        catch (ScriptRefusedException wrong)
        {
            return Refused(new() { ["ImportFindings"] = wrong.Errors, ["ImportName"] = name });
        }
    }

    private static async Task<IResult> WalkAsync(
        [FromQuery] string? script, [FromQuery] string? version, [FromQuery] string? draft, [FromQuery] string? order, [FromQuery] string? spoken,
        [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, ScriptWalks walks, CancellationToken ct)
    {
        var asked = WalkAsked.Of(script, version, draft, order, spoken);
        var talk = await walks.GoAsync(http.GetActor(), shop.Id, asked, DraftForm.Read(form), form["go"].ToString(), ct);
        if (await walks.ReadAsync(http.GetActor(), shop.Id, asked, talk, ct) is not { } model)
            return Results.NotFound();
        return http.Request.WantsFragment()
            ? Screen.Fragment<WalkPanel>(new { Model = model })
            : Screen.Page<ScriptWalkPage>(new Dictionary<string, object?> { ["Talk"] = talk });
    }

    private static async Task<IResult> ExportAsync(string name, int? version, HttpContext http, CurrentShop shop, ShowScripts scripts, CancellationToken ct) =>
        await scripts.TextsAsync(http.GetActor(), shop.Id, name, version, ct) is { } texts
            ? Results.File(ScriptFiles.Zip(name, texts), "application/zip", string.Create(CultureInfo.InvariantCulture, $"{name}{(version is null ? "-draft" : $"-{version}")}.zip"))
            : Results.NotFound();

    private static async Task<IResult> OpenAsync(
        string name, [FromForm] IFormCollection _, HttpContext http, CurrentShop shop, OpenScriptDraft open, CancellationToken ct) =>
        await open.RunAsync(http.GetActor(), shop.Id, name, ct) is null ? Results.NotFound() : Screen.SeeOther(http, shop.Link($"/scripts/shop/{name}/edit"));

    private static async Task<IResult> PublishAsync(
        string name, [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, PublishScript publish, CancellationToken ct)
    {
        var note = form["note"].ToString();
        try
        {
            if (!form.ContainsKey("sure"))
                throw new InvalidInputException(Problem.Of("script-not-sure", "sure"));
            return Answer(await publish.RunAsync(http.GetActor(), new PublishScriptInput(shop.Id, name, NodeFields.RevisionOf(form), note), ct));
        }
        catch (InvalidInputException wrong)
        {
            return PublishPage(wrong.Problems, StatusCodes.Status422UnprocessableEntity);
        }

        IResult Answer(PublishScriptResult result)
        {
            switch (result)
            {
                case PublishScriptResult.Published(var version):
                    Flash.Success(http, "scripts.now-published", $"{version}");
                    return Screen.SeeOther(http, shop.Link($"/scripts/shop/{name}"));
                case PublishScriptResult.ChangedMeanwhile(var current):
                    return PublishPage([Problem.Of("script-changed", null, ("who", current.SavedBy))], StatusCodes.Status409Conflict);
                case PublishScriptResult.Blocked:
                    return PublishPage([], StatusCodes.Status422UnprocessableEntity);
                default:
                    return Results.NotFound();
            }
        }

        IResult PublishPage(IReadOnlyList<Problem> problems, int status) =>
            Screen.Page<ScriptPublishPage>(new Dictionary<string, object?> { ["Name"] = name, ["Problems"] = problems, ["Note"] = note }, status);
    }

    private static async Task<IResult> RollBackAsync(
        string name, [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, PublishScript publish, CancellationToken ct)
    {
        var version = int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        try
        {
            switch (await publish.RunAsync(http.GetActor(), new RollBackScriptInput(shop.Id, name, version, form["note"].ToString()), ct))
            {
                case PublishScriptResult.Published(var made):
                    Flash.Success(http, "scripts.rolled-back", $"{version}", $"{made}");
                    return Screen.SeeOther(http, shop.Link($"/scripts/shop/{name}"));
                case PublishScriptResult.Blocked(var errors):
                    return Screen.Page<ScriptPage>(new Dictionary<string, object?> { ["Name"] = name, ["Errors"] = errors }, StatusCodes.Status422UnprocessableEntity);
                default:
                    return Results.NotFound();
            }
        }
        catch (InvalidInputException wrong)
        {
            Flash.Danger(http, wrong.Problems[0].Code == "script-unchanged" ? "scripts.roll-back-same" : "scripts.roll-back-note");
            return Screen.SeeOther(http, shop.Link($"/scripts/shop/{name}"));
        }
    }

    private static async Task<IResult> DeleteAsync(
        string name, [FromForm] IFormCollection form, HttpContext http, CurrentShop shop, DeleteScriptDraft delete, CancellationToken ct)
    {
        switch (await delete.RunAsync(http.GetActor(), shop.Id, name, NodeFields.RevisionOf(form), ct))
        {
            case SaveScriptResult.Saved:
                Flash.Success(http, "scripts.draft-gone");
                return Screen.SeeOther(http, shop.Link("/scripts"));
            case SaveScriptResult.ChangedMeanwhile:
                Flash.Danger(http, "scripts.draft-changed");
                return Screen.SeeOther(http, shop.Link($"/scripts/shop/{name}"));
            default:
                return Results.NotFound();
        }
    }

    private static IResult Refused(Dictionary<string, object?> parameters) => Screen.Page<ScriptsPage>(parameters, StatusCodes.Status422UnprocessableEntity);
}
