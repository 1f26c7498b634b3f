using Callback.Database;

namespace Callback.CallScripts.Editing;

/// <summary>Reads and writes the shops' scripts; the use cases decide.</summary>
internal static class ShopScriptStore
{
    private const string DraftColumns = "select name, zh, en, revision, based_on, saved_at, saved_by_name from script_drafts";

    public static async Task<ScriptDraft?> DraftAsync(Session session, ShopId shop, string name, CancellationToken ct) =>
        (await session.QuerySingleOrDefaultAsync<DraftRow>($"{DraftColumns} where shop_id = @shop and name = @name", new { shop, name }, ct))?.ToDraft();

    public static async Task<IReadOnlyList<ScriptDraft>> DraftsAsync(Session session, ShopId shop, CancellationToken ct) =>
        [.. (await session.QueryAsync<DraftRow>($"{DraftColumns} where shop_id = @shop order by name", new { shop }, ct)).Select(row => row.ToDraft())];

    /// <summary>Locks the script: saving, publishing and deleting pass here one after the other.</summary>
    /// <returns>Its purpose; null: the shop has no such script.</returns>
    public static async Task<Purpose?> LockAsync(Session session, ShopId shop, string name, CancellationToken ct) =>
        await session.QuerySingleOrDefaultAsync<string>("select purpose from shop_scripts where shop_id = @shop and name = @name for update", new { shop, name }, ct) is { } purpose
            ? Enum.Parse<Purpose>(purpose)
            : null;

    /// <returns>False: the shop has a script of this name.</returns>
    public static async Task<bool> InsertAsync(Session session, ShopId shop, string name, Purpose purpose, Actor actor, DateTimeOffset now, CancellationToken ct) =>
        await session.ExecuteAsync(
            """
            insert into shop_scripts (shop_id, name, purpose, created_at, created_by)
            values (@shop, @name, @purpose, @now, @actor)
            on conflict do nothing
            """,
            new { shop, name, purpose = purpose.ToString(), now, actor = actor.UserId },
            ct) == 1;

    public static async Task<ScriptDraft> SaveDraftAsync(Session session, ShopId shop, ScriptDraft draft, Actor actor, CancellationToken ct)
    {
        await session.ExecuteAsync(
            """
            insert into script_drafts (shop_id, name, zh, en, revision, based_on, saved_at, saved_by, saved_by_name)
            values (@shop, @Name, @Zh, @En, @Revision, @BasedOn, @SavedAt, @actor, @SavedBy)
            on conflict (shop_id, name) do update
            set zh = @Zh, en = @En, revision = @Revision, based_on = @BasedOn, saved_at = @SavedAt, saved_by = @actor, saved_by_name = @SavedBy
            """,
            new { shop, draft.Name, draft.Texts.Zh, draft.Texts.En, draft.Revision, draft.BasedOn, draft.SavedAt, actor = actor.UserId, draft.SavedBy },
            ct);
        return draft;
    }

    public static Task<int> DeleteDraftAsync(Session session, ShopId shop, string name, CancellationToken ct) =>
        session.ExecuteAsync("delete from script_drafts where shop_id = @shop and name = @name", new { shop, name }, ct);

    public static Task<IReadOnlyList<ScriptVersion>> VersionsAsync(Session session, ShopId shop, string name, CancellationToken ct) =>
        session.QueryAsync<ScriptVersion>(
            """
            select version, note, published_at, published_by_name as published_by, encode(content_hash, 'hex') as hash, rolled_back_to
            from script_versions
            where shop_id = @shop and name = @name
            order by version desc
            """,
            new { shop, name },
            ct);

    public static Task<ScriptTexts?> TextsAsync(Session session, ShopId shop, string name, int version, CancellationToken ct) =>
        session.QuerySingleOrDefaultAsync<ScriptTexts>(
            "select zh, en from script_versions where shop_id = @shop and name = @name and version = @version", new { shop, name, version }, ct);

    public static Task<int> LatestAsync(Session session, ShopId shop, string name, CancellationToken ct) =>
        session.QuerySingleAsync<int>("select coalesce(max(version), 0) from script_versions where shop_id = @shop and name = @name", new { shop, name }, ct);

    public static Task PublishAsync(
        Session session, ShopId shop, string name, ScriptTexts texts, ScriptVersion version, Actor actor, CancellationToken ct) => session.ExecuteAsync(
        """
        insert into script_versions (shop_id, name, version, zh, en, content_hash, note, published_at, published_by, published_by_name, rolled_back_to)
        values (@shop, @name, @Version, @Zh, @En, @hash, @Note, @PublishedAt, @actor, @PublishedBy, @RolledBackTo)
        """,
        new
        {
            shop,
            name,
            version.Version,
            texts.Zh,
            texts.En,
            hash = texts.Hash(),
            version.Note,
            version.PublishedAt,
            actor = actor.UserId,
            version.PublishedBy,
            version.RolledBackTo,
        },
        ct);

    private sealed class DraftRow
    {
        public string Name { get; init; } = "";
        public string Zh { get; init; } = "";
        public string En { get; init; } = "";
        public int Revision { get; init; }
        public int? BasedOn { get; init; }
        public DateTimeOffset SavedAt { get; init; }
        public string SavedByName { get; init; } = "";

        public ScriptDraft ToDraft() => new(Name, new(Zh, En), Revision, BasedOn, SavedAt, SavedByName);
    }
}
