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

    /// <summary>PostgreSQL's own words and state, by a trigger of the commit; T4 of the storm tries it with a real standby that is silent.</summary>
    [Fact]
    public async Task A_commit_whose_wait_for_the_standby_was_cut_short_is_no_acknowledgement()
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(
            """
            create table doubtful (id integer);
            create function warn() returns trigger language plpgsql as $$
            begin
                raise warning 'canceling wait for synchronous replication due to user request';
                return null;
            end $$;
            create constraint trigger warns after insert on doubtful deferrable initially deferred for each row execute function warn();
            insert into doubtful values (1)
            """,
            null,
            default);

        var doubt = await Assert.ThrowsAsync<CommitInDoubtException>(session.CommitAsync);

        Assert.Contains("synchronous replication", doubt.Message, StringComparison.Ordinal);
    }

    /// <summary>Only the commit's own warnings count, and a notice is none.</summary>
    [Fact]
    public async Task A_warning_before_the_commit_and_a_notice_during_it_leave_it_acknowledged()
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(
            """
            do $$ begin raise warning 'before'; end $$;
            create table certain (id integer);
            create function tell() returns trigger language plpgsql as $$
            begin
                raise notice 'told';
                return null;
            end $$;
            create constraint trigger tells after insert on certain deferrable initially deferred for each row execute function tell();
            insert into certain values (1)
            """,
            null,
            default);

        await session.CommitAsync();

        await using var after = await database.Db.BeginAsync(ShopScope.All, default);
        Assert.Equal(1, await after.QuerySingleAsync<int>("select count(*)::integer from certain", null, default));
    }

    /// <summary>What a session by key says about itself travels with its first statement, and must be neither too late nor in its answer.</summary>
    [Fact]
    public async Task A_session_by_key_sees_its_shops_from_the_first_statement_on_and_counts_only_the_statements_own_rows()
    {
        var (mine, other) = (ShopId.Parse("s-mine"), ShopId.Parse("s-other"));
        var both = new[] { mine.Value, other.Value };
        await using (var all = await database.Db.BeginAsync(ShopScope.All, default))
        {
            await all.ExecuteAsync(
                """
                insert into agent_states (shop_id, user_id, state, campaign_ids, since, seen_at)
                select shop, gen_random_uuid(), 'Ready', '{}', now(), now()
                from unnest(@both) as shop
                """,
                new { both },
                default);
            await all.CommitAsync();
        }

        await using var query = await database.Db.BeginByKeyAsync(mine, default);
        Assert.Equal(["s-mine"], await query.QueryAsync<string>("select shop_id from agent_states", null, default));
        await using var one = await database.Db.BeginByKeyAsync(mine, default);
        Assert.Null(await one.QuerySingleOrDefaultAsync<string>("select shop_id from agent_states where shop_id = @other", new { other }, default));
        await using var two = await database.Db.BeginByKeyAsync(mine, default);
        var (names, numbers) = await two.QueryAsync<string, int>("select shop_id from agent_states; select 7", null, default);
        Assert.Equal(["s-mine"], names);
        Assert.Equal([7], numbers);
        await using var write = await database.Db.BeginByKeyAsync(mine, default);
        Assert.Equal(1, await write.ExecuteAsync("update agent_states set state = 'Away' where shop_id = any(@both)", new { both }, default));
        await using var nothing = await database.Db.BeginByKeyAsync(mine, default);
        Assert.Equal(0, await nothing.ExecuteAsync("update agent_states set state = 'Away' where shop_id = @other", new { other }, default));
    }
}
