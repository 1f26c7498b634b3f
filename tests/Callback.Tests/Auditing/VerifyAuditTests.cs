using Callback.Auditing;
using Callback.Database;
using Callback.Tests.Support;
using Npgsql;

namespace Callback.Tests.Auditing;

/// <summary>ASVS 16.4: what is done to the audit afterwards, even by the database's superuser, is named. Each deed is rolled back again.</summary>
public sealed class VerifyAuditTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const int Rows = 1_000;

    public async Task InitializeAsync()
    {
        await using var session = await database.Db.BeginAsync(ShopScope.All, default);
        foreach (var shop in new[] { "tea", "silk" })
        {
            await session.ExecuteAsync(
                """
                select audit_append(@shop, '2026-11-23T03:00:00Z'::timestamptz + n * interval '1 minute', null, 'anna', 'order.seen', 'order:' || n, jsonb_build_object('n', n))
                from generate_series(1, @Rows) n
                where not exists (
                    select
                    from audit_heads
                    where shop_id = @shop and seq >= @Rows)
                """,
                new { shop, Rows },
                default);
        }
        await session.CommitAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Whole_chains_have_no_finding()
    {
        var report = await new VerifyAudit(database.Db).RunAsync(Actor.System("test"), default);
        Assert.Empty(report.Findings);
        Assert.Equal(2 * Rows, report.Rows);
        Assert.Equal(["silk", "tea"], report.Heads.Select(head => head.Chain));
    }

    [Theory]
    [InlineData("update audit set actor_name = 'bob' where shop_id = 'tea' and seq = @seq")]
    [InlineData("update audit set action = 'order.hidden' where shop_id = 'tea' and seq = @seq")]
    [InlineData("update audit set subject = 'order:0' where shop_id = 'tea' and seq = @seq")]
    [InlineData("update audit set details = '{}' where shop_id = 'tea' and seq = @seq")]
    [InlineData("update audit set at = at + interval '1 second' where shop_id = 'tea' and seq = @seq")]
    [InlineData("update audit set actor_id = '00000000-0000-0000-0000-000000000001' where shop_id = 'tea' and seq = @seq")]
    public async Task Edited_rows_are_named_ASVS_16_4_2(string deed)
    {
        foreach (var seq in new long[] { 1, 2, 500, 999, 1000 })
            Assert.Equal([new AuditFinding("tea", seq, AuditFault.Edited)], await AfterAsync(deed, seq));
    }

    [Fact]
    public async Task Each_of_a_thousand_edits_is_named_ASVS_16_4_2()
    {
        for (var seq = 1L; seq <= Rows; seq += 37)
            Assert.Equal([new AuditFinding("tea", seq, AuditFault.Edited)], await AfterAsync("update audit set details = '{\"n\":-1}' where shop_id = 'tea' and seq = @seq", seq));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(500)]
    [InlineData(999)]
    public async Task Deleted_rows_are_named_by_the_row_after_them_ASVS_16_4_2(long seq) =>
        Assert.Equal([new AuditFinding("tea", seq + 1, AuditFault.Deleted)], await AfterAsync("delete from audit where shop_id = 'tea' and seq = @seq", seq));

    [Fact]
    public async Task Deleting_the_newest_rows_is_named_ASVS_16_4_2() =>
        Assert.Equal([new AuditFinding("tea", Rows + 1, AuditFault.Truncated)], await AfterAsync("delete from audit where shop_id = 'tea' and seq > @seq", 990));

    [Fact]
    public async Task A_chain_without_its_head_is_named_ASVS_16_4_2() =>
        Assert.Contains(await AfterAsync("delete from audit_heads where shop_id = 'tea' and @seq > 0", 1), finding => finding.Fault == AuditFault.Truncated);

    [Fact]
    public async Task Exchanged_rows_are_named_ASVS_16_4_2()
    {
        var findings = await AfterAsync("update audit set seq = case seq when @seq then @seq + 1 else @seq end where shop_id = 'tea' and seq in (@seq, @seq + 1)", 500);
        Assert.Equal([500L, 501L, 502L], findings.Select(finding => finding.Seq));
        Assert.All(findings, finding => Assert.Equal(AuditFault.Reordered, finding.Fault));
    }

    [Fact]
    public async Task An_edit_with_its_hash_made_anew_shows_at_the_next_row_ASVS_16_4_2()
    {
        var findings = await AfterAsync(
            """
            update audit
            set actor_name = 'bob', hash = audit_hash(previous_hash, shop_id, seq, at, actor_id, 'bob', action, subject, details)
            where shop_id = 'tea' and seq = @seq
            """,
            500);
        Assert.Equal([new AuditFinding("tea", 501, AuditFault.Reordered)], findings);
    }

    [Fact]
    public async Task The_program_itself_can_neither_edit_nor_delete_ASVS_16_4_2()
    {
        foreach (var deed in new[] { "update audit set action = 'x'", "delete from audit" })
        {
            await using var session = await database.Db.BeginAsync(ShopScope.All, default);
            await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync(deed, null, default));
        }
    }

    private async Task<IReadOnlyList<AuditFinding>> AfterAsync(string deed, long seq)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperuserConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var session = new Session(connection, transaction);
        await session.ExecuteAsync("set local session_replication_role = 'replica'", null, default);
        Assert.NotEqual(0, await session.ExecuteAsync(deed, new { seq }, default));
        return (await VerifyAudit.RunAsync(session, default)).Findings;
    }
}
