using Callback.Database;
using Callback.Tests.Support;

namespace Callback.Web.Tests.Support;

/// <summary>The clock started elsewhere and running on, in the program and in its database alike.</summary>
internal sealed class MovedTime : TimeProvider
{
    private readonly TimeSpan offset;

    private MovedTime(TimeSpan offset) => this.offset = offset;

    public static async Task<MovedTime> StartAsync(TestDatabase database, DateTimeOffset start)
    {
        var offset = start - System.GetUtcNow();
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync("update installation set clock_setting = 'test', clock_offset = @offset, clock_mark = null", new { offset }, default);
        await session.CommitAsync();
        return new MovedTime(offset);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
}
