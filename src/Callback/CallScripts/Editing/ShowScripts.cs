using Callback.Database;

namespace Callback.CallScripts.Editing;

/// <summary>A script in the list.</summary>
/// <param name="FullName">As campaigns name it.</param>
/// <param name="Latest">Null: never published.</param>
/// <param name="Draft">A draft somebody works on.</param>
/// <param name="Calls">Made with any of its versions; counted up to <see cref="ShowScripts.MostCounted"/> a version.</param>
public sealed record ScriptListRow(
    string FullName, bool IsOwn, Both Title, Purpose Purpose, int? Latest, ScriptDraft? Draft, IReadOnlyList<ScriptUser> Campaigns, int Calls);

/// <summary>A campaign that names a script and is not over.</summary>
/// <param name="Version">Null: the latest.</param>
public sealed record ScriptUser(Guid CampaignId, string Name, string CallScript, int? Version, string Status);

/// <summary>One script of the shop's own with everything that is known of it.</summary>
public sealed record ScriptDetail(
    string Name, Purpose Purpose, ScriptDraft? Draft, IReadOnlyList<ScriptVersion> Versions, IReadOnlyDictionary<int, int> Calls, IReadOnlyList<ScriptUser> Campaigns)
{
    public string FullName => $"{CallScriptBook.ShopPack}/{Name}";
}

/// <summary>Reads scripts with their use, for those who edit them.</summary>
public sealed class ShowScripts(Db db, CallScriptBook book)
{
    /// <summary>More calls of one version than this are not counted out.</summary>
    public const int MostCounted = 10_000;

    public async Task<IReadOnlyList<ScriptListRow>> ListAsync(Actor actor, ShopId shop, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var users = await UsersAsync(session, shop, ct);
        var drafts = (await ShopScriptStore.DraftsAsync(session, shop, ct)).ToDictionary(draft => draft.Name);
        var own = await session.QueryAsync<OwnRow>(
            """
            select s.name, s.purpose, coalesce(max(v.version), 0) as latest
            from shop_scripts s
            left join script_versions v on v.shop_id = s.shop_id and v.name = s.name
            where s.shop_id = @shop
            group by s.name, s.purpose
            order by s.name
            """,
            new { shop },
            ct);
        var rows = new List<ScriptListRow>();
        foreach (var row in own)
        {
            var draft = drafts.GetValueOrDefault(row.Name);
            var texts = draft?.Texts ?? await ShopScriptStore.TextsAsync(session, shop, row.Name, row.Latest, ct);
            rows.Add(new($"{CallScriptBook.ShopPack}/{row.Name}", true, TitleOf(texts, row.Name), row.Purpose, row.Latest == 0 ? null : row.Latest, draft, [], 0));
        }
        rows.AddRange(Enum.GetValues<Purpose>().SelectMany(purpose => book.NamesFor(purpose).Select(name => OfPack(name, purpose))));
        var calls = await CallsAsync(session, shop, [.. rows.SelectMany(row => Enumerable.Range(1, row.Latest ?? 0).Select(version => (row.FullName, version)))], ct);
        return [.. rows.Select(row => row with
        {
            Campaigns = [.. users.Where(user => user.CallScript == row.FullName)],
            Calls = calls.Where(count => count.Key.Name == row.FullName).Sum(count => count.Value),
        })];
    }

    /// <returns>Null: the shop has no such script of its own.</returns>
    public async Task<ScriptDetail?> FindAsync(Actor actor, ShopId shop, string name, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, shop);
        await using var session = await db.BeginAsync(shop, ct);
        if (await session.QuerySingleOrDefaultAsync<string>("select purpose from shop_scripts where shop_id = @shop and name = @name", new { shop, name }, ct) is not { } purpose)
            return null;
        var fullName = $"{CallScriptBook.ShopPack}/{name}";
        var versions = await ShopScriptStore.VersionsAsync(session, shop, name, ct);
        var calls = await CallsAsync(session, shop, [.. versions.Select(version => (fullName, version.Version))], ct);
        return new(
            name,
            Enum.Parse<Purpose>(purpose),
            await ShopScriptStore.DraftAsync(session, shop, name, ct),
            versions,
            calls.ToDictionary(count => count.Key.Version, count => count.Value),
            [.. (await UsersAsync(session, shop, ct)).Where(user => user.CallScript == fullName)]);
    }

    /// <param name="version">Null: the draft.</param>
    public async Task<ScriptTexts?> TextsAsync(Actor actor, ShopId shop, string name, int? version, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, shop);
        await using var session = await db.BeginAsync(shop, ct);
        return version is { } number
            ? await ShopScriptStore.TextsAsync(session, shop, name, number, ct)
            : (await ShopScriptStore.DraftAsync(session, shop, name, ct))?.Texts;
    }

    private static Both TitleOf(ScriptTexts? texts, string name) =>
        new(YamlParts.Parse(texts?.Zh ?? "")?.Text("title") is { Length: > 0 } zh ? zh : name, YamlParts.Parse(texts?.En ?? "")?.Text("title") is { Length: > 0 } en ? en : name);

    private ScriptListRow OfPack(string name, Purpose purpose)
    {
        var (zh, en) = (book.Find(name, null, "zh-CN")!, book.Find(name, null, "en")!);
        return new(name, false, new(zh.Title, en.Title), purpose, en.Version, null, [], 0);
    }

    private static Task<IReadOnlyList<ScriptUser>> UsersAsync(Session session, ShopId shop, CancellationToken ct) => session.QueryAsync<ScriptUser>(
        """
        select campaign_id, name, call_script, script_version as version, status
        from campaigns
        where shop_id = @shop and status <> 'Ended'
        order by created_at, campaign_id
        """,
        new { shop },
        ct);

    private static async Task<Dictionary<(string Name, int Version), int>> CallsAsync(
        Session session, ShopId shop, IReadOnlyList<(string Name, int Version)> scripts, CancellationToken ct) =>
        (await session.QueryAsync<(string Name, int Version, int Calls)>(
            """
            select s.name, s.version, (
                select count(*)::integer
                from (
                    select
                    from attempts a
                    where a.shop_id = @shop and a.call_script = s.name and a.script_version = s.version
                    limit @MostCounted) counted)
            from unnest(@names, @versions) as s (name, version)
            """,
            new { shop, names = scripts.Select(script => script.Name).ToArray(), versions = scripts.Select(script => script.Version).ToArray(), MostCounted },
            ct)).ToDictionary(row => (row.Name, row.Version), row => row.Calls);

    private sealed record OwnRow
    {
        public string Name { get; init; } = "";

        public Purpose Purpose { get; init; }

        public int Latest { get; init; }
    }
}
