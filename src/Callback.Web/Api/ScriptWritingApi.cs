using Callback.CallScripts.Editing;
using Callback.Web.SignIn;

namespace Callback.Web.Api;

/// <summary>What changes a script: a draft that is put, a publication, a roll back.</summary>
internal static class ScriptWritingApi
{
    public static void Map(RouteGroupBuilder scripts)
    {
        scripts.MapPut("/{name}/draft", PutAsync)
            .WithName("PutCallScriptDraft")
            .WithSummary("Saves a draft. Of a new script every error is refused; a draft that is there needs the revision it was read at. Agents get none of it.")
            .Produces<DraftAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        scripts.MapPost("/{name}/publish", async (string shop, string name, PublishBody body, HttpContext http, PublishScript publish, CancellationToken ct) =>
                Answer(name, await publish.RunAsync(http.GetActor(), new PublishScriptInput(ScriptsApi.Shop(shop), name, body.Revision, body.Note ?? ""), ct)))
            .Describe("PublishCallScript", "Makes the draft the next version. Calls that begin with 'latest' have it from now on; calls that have begun keep theirs.");
        scripts.MapPost("/{name}/roll-back", async (string shop, string name, RollBackBody body, HttpContext http, PublishScript publish, CancellationToken ct) =>
                Answer(name, await publish.RunAsync(http.GetActor(), new RollBackScriptInput(ScriptsApi.Shop(shop), name, body.Version, body.Note ?? ""), ct)))
            .Describe("RollBackCallScript", "Publishes an earlier version's words again under a new number; a draft stays as it is.");
    }

    private static void Describe(this RouteHandlerBuilder step, string name, string summary) => step
        .WithName(name)
        .WithSummary(summary)
        .Produces<PublishedAnswer>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> PutAsync(
        string shop, string name, DraftBody body, HttpContext http, ShowScripts show, CreateScriptDraft create, OpenScriptDraft open, SaveScriptDraft save, CancellationToken ct)
    {
        var (actor, id) = (http.GetActor(), ScriptsApi.Shop(shop));
        try
        {
            if (await show.FindAsync(actor, id, name, ct) is not { } found)
                return body.Revision is null ? Results.Ok(DraftAnswer.Of(await create.RunAsync(actor, new ImportScriptInput(id, name, body.Texts()), ct))) : ScriptsApi.NoSuchScript(name);
            if (found.Draft is { } there && body.Revision is null)
                return Changed(there);
            var revision = body.Revision ?? (await open.RunAsync(actor, id, name, ct))!.Revision;
            return await save.RunAsync(actor, new(id, name, revision, body.Texts()), ct) switch
            {
                SaveScriptResult.Saved saved => Results.Ok(DraftAnswer.Of(saved.Draft)),
                SaveScriptResult.ChangedMeanwhile changed => Changed(changed.Current),
                _ => ScriptsApi.NoSuchScript(name),
            };
        }
        catch (ScriptRefusedException refused)
        {
            return Refused(refused.Errors);
        }
    }

    private static IResult Answer(string name, PublishScriptResult result) => result switch
    {
        PublishScriptResult.Published published => Results.Ok(new PublishedAnswer(published.Version)),
        PublishScriptResult.ChangedMeanwhile changed => Changed(changed.Current),
        PublishScriptResult.Blocked blocked => Refused(blocked.Errors),
        _ => ScriptsApi.NoSuchScript(name),
    };

    private static IResult Changed(ScriptDraft current) => Results.Problem(
        $"The draft is at revision {current.Revision}, saved by {current.SavedBy}.", statusCode: StatusCodes.Status409Conflict,
        extensions: new Dictionary<string, object?> { ["revision"] = current.Revision });

    private static IResult Refused(IReadOnlyList<Callback.CallScripts.ScriptFinding> errors) => Results.Problem(
        "The script has errors.", statusCode: StatusCodes.Status422UnprocessableEntity,
        extensions: new Dictionary<string, object?> { ["findings"] = errors.Select(FindingAnswer.Of) });
}
