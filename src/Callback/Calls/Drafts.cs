using Callback.CallScripts;
using Callback.Database;

namespace Callback.Calls;

/// <summary>Reads what the agent has on a card.</summary>
internal static class Drafts
{
    public static async Task<(CallDraft Draft, DateTimeOffset SavedAt)?> FindAsync(Session session, ShopId shop, Guid holdId, CancellationToken ct) =>
        await session.QuerySingleOrDefaultAsync<Row>(
            "select content::text as content, saved_at from drafts where shop_id = @shop and hold_id = @holdId", new { shop, holdId }, ct) is { } row
            ? (CallDraftJson.Read(row.Content), row.SavedAt)
            : null;

    private sealed record Row(string Content, DateTimeOffset SavedAt);
}
