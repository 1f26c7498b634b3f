using Callback.CallScripts.Editing;
using Callback.Web.SignIn;

namespace Callback.Web.Api;

/// <summary>The shop's own call scripts over HTTP: read, written as drafts, checked, published, rolled back. Texts are YAML, as in the packs' files.</summary>
internal static class ScriptsApi
{
    public static void MapScriptsApi(this IEndpointRouteBuilder app)
    {
        var scripts = app.MapGroup("/api/v1/shops/{shop}/call-scripts").RequirePermission(Permission.EditCallScripts).WithTags("Call scripts");
        scripts.MapGet("", async (string shop, HttpContext http, ShowScripts show, CancellationToken ct) =>
                (await show.ListAsync(http.GetActor(), Shop(shop), ct)).Select(ScriptAnswer.Of))
            .WithName("ListCallScripts")
            .WithSummary("The shop's own scripts and those of the packs, as campaigns name them.")
            .Produces<IEnumerable<ScriptAnswer>>();
        scripts.MapGet("/{name}", FindAsync)
            .WithName("GetCallScript")
            .WithSummary("One of the shop's own with its versions and its draft, if there is one.")
            .Produces<ScriptDetailAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        scripts.MapGet("/{name}/versions/{version:int}/{language}", (string shop, string name, int version, string language, HttpContext http, ShowScripts show, CancellationToken ct) =>
                YamlAsync(shop, name, version, language, http, show, ct))
            .WithName("GetCallScriptVersion")
            .WithSummary("A published version as YAML; language: zh-CN or en.")
            .Produces<string>(StatusCodes.Status200OK, Yaml)
            .ProducesProblem(StatusCodes.Status404NotFound);
        scripts.MapGet("/{name}/draft/{language}", (string shop, string name, string language, HttpContext http, ShowScripts show, CancellationToken ct) =>
                YamlAsync(shop, name, null, language, http, show, ct))
            .WithName("GetCallScriptDraft")
            .WithSummary("The draft as YAML; its revision stands in the script's answer.")
            .Produces<string>(StatusCodes.Status200OK, Yaml)
            .ProducesProblem(StatusCodes.Status404NotFound);
        scripts.MapPost("/check", (string shop, ScriptTextsBody body, HttpContext http, ScriptCheck checks) => Check(shop, body, http, checks))
            .WithName("CheckCallScript")
            .WithSummary("What is wrong with the texts, by language, line and step; nothing is kept. A script with an error cannot be published.")
            .Produces<ScriptCheckAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        ScriptWritingApi.Map(scripts);
    }

    internal const string Yaml = "application/yaml";

    internal static ShopId Shop(string code) => ShopId.TryParse(code, out var shop) ? shop : throw new ShopUnknownException(shop);

    internal static IResult NoSuchScript(string name) => Results.Problem($"There is no call script '{name}' of this shop's own.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> FindAsync(string shop, string name, HttpContext http, ShowScripts show, CancellationToken ct) =>
        await show.FindAsync(http.GetActor(), Shop(shop), name, ct) is { } found ? Results.Ok(ScriptDetailAnswer.Of(found)) : NoSuchScript(name);

    private static async Task<IResult> YamlAsync(string shop, string name, int? version, string language, HttpContext http, ShowScripts show, CancellationToken ct) =>
        language is "zh-CN" or "en" && await show.TextsAsync(http.GetActor(), Shop(shop), name, version, ct) is { } texts
            ? Results.Text(texts.In(language), Yaml)
            : NoSuchScript(name);

    private static IResult Check(string shop, ScriptTextsBody body, HttpContext http, ScriptCheck checks)
    {
        http.GetActor().Demand(Permission.EditCallScripts, Shop(shop));
        ShopScriptPolicy.Demand(ShopScriptPolicy.CheckTexts(body.Texts()));
        return Results.Ok(ScriptCheckAnswer.Of(checks.Of(body.Texts())));
    }
}
