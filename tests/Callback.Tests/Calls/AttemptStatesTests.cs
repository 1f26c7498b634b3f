using Callback.Calls;
using Callback.Database;
using Callback.Tests.Support;
using Npgsql;

namespace Callback.Tests.Calls;

public sealed class AttemptStatesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_database_knows_the_same_edges_as_the_program()
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        var edges = await session.QueryAsync<(AttemptState, AttemptState)>("select from_state, to_state from attempt_edges", null, default);
        Assert.Equal(AttemptStates.Edges.Order(), edges.Order());
    }

    [Fact]
    public void The_checked_model_knows_the_same_edges_as_the_program() => Assert.Equal(AttemptStates.Edges.Order(), ModelFile.Edges.Order());

    [Fact]
    public async Task Program_database_and_checked_model_know_the_same_states()
    {
        var states = Enum.GetNames<AttemptState>().Order().ToList();
        Assert.Equal(states, (await AllowedAsync("attempts_state_check")).Order());
        Assert.Equal(states, ModelFile.States.Order());
    }

    [Fact]
    public async Task Every_other_step_is_refused_by_the_database()
    {
        await using var scene = await DeskScene.OpenAsync(database, "none");
        var agent = await scene.AgentAsync();
        foreach (var from in Enum.GetValues<AttemptState>())
        {
            await scene.OrderAsync();
            await scene.PlanAsync();
            var attempt = (await scene.CallAsync(agent)).AttemptId;
            await ForceAsync(attempt, from);
            foreach (var to in Enum.GetValues<AttemptState>().Where(to => to != from))
                if (AttemptStates.Edges.Contains((from, to)))
                    await TryAsync(attempt, to);
                else
                    Assert.Equal(PostgresErrorCodes.CheckViolation, (await Assert.ThrowsAsync<PostgresException>(() => TryAsync(attempt, to))).SqlState);
            await ForceAsync(attempt, AttemptState.Ended);
            await scene.SqlAsync("update attempts set wrap_up = 'Done' where attempt_id = @attempt", new { attempt });
        }
    }

    [Theory]
    [InlineData("update attempts set agent_id = gen_random_uuid() where attempt_id = @attempt")]
    [InlineData("update attempts set phone_hash = '\\x00' where attempt_id = @attempt")]
    [InlineData("update attempts set gated_at = gated_at + interval '1 second' where attempt_id = @attempt")]
    [InlineData("update attempts set provider_call_id = 'another' where attempt_id = @attempt")]
    [InlineData("delete from attempts where attempt_id = @attempt")]
    [InlineData("delete from attempt_rights where attempt_id = @attempt")]
    [InlineData("update attempt_rights set grant_no = 1 where attempt_id = @attempt")]
    [InlineData("truncate attempts cascade")]
    public async Task What_an_attempt_is_never_changes(string sql)
    {
        await using var scene = await DeskScene.OpenAsync(database, "none");
        var agent = await scene.AgentAsync();
        await scene.OrderAsync();
        await scene.PlanAsync();
        var attempt = (await scene.CallAsync(agent)).AttemptId;
        Assert.Equal("23001", (await Assert.ThrowsAsync<PostgresException>(() => scene.SqlAsync(sql, new { attempt }))).SqlState);
    }

    /// <summary>The words that a check constraint names.</summary>
    private async Task<IReadOnlyList<string>> AllowedAsync(string constraint)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        return await session.QueryAsync<string>(
            """
            select word[1]
            from pg_constraint
            cross join lateral regexp_matches(pg_get_constraintdef(oid), '[A-Z][A-Za-z]+(?=''::text)', 'g') as word
            where conname = @constraint
            """,
            new { constraint },
            default);
    }

    private async Task TryAsync(Guid attempt, AttemptState to)
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync(
            """
            update attempts
            set state = @to, ended_at = now(), settled_at = now()
            where attempt_id = @attempt
            """,
            new { attempt, to = to.ToString() },
            default);
    }

    /// <summary>As the superuser, with the guard off.</summary>
    private async Task ForceAsync(Guid attempt, AttemptState state)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperuserConnectionString);
        await using var command = source.CreateCommand(
            $"""
            set session_replication_role = replica;
            update attempts set state = '{state}', provider_call_id = null, ended_at = now(), settled_at = now() where attempt_id = '{attempt}'
            """);
        await command.ExecuteNonQueryAsync();
    }
}
