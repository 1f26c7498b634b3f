using Callback.Database;
using Callback.Tests.Support;
using Npgsql;

namespace Callback.Tests.Database;

public sealed class SessionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_commit_is_waited_for_longer_than_any_other_command()
    {
        var impatient = new NpgsqlConnectionStringBuilder(database.ConnectionString) { CommandTimeout = 1 };
        await using var source = DapperSetup.OpenSource(impatient.ConnectionString);
        await using var session = await new Db(source).BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(
            """
            create table slow (id integer);
            create function slow_commit() returns trigger language plpgsql as $$
            begin
                perform pg_sleep(1.5);
                return null;
            end $$;
            create constraint trigger slowly after insert on slow deferrable initially deferred for each row execute function slow_commit();
            insert into slow values (1)
            """,
            null,
            default);

        await session.CommitAsync();

        await using var after = await database.Db.BeginAsync(ShopScope.All, default);
        Assert.Equal(1, await after.QuerySingleAsync<int>("select count(*)::integer from slow", null, default));
    }
}
