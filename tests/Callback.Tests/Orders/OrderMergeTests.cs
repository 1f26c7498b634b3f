using Callback.Orders;

namespace Callback.Tests.Orders;

/// <summary>What stands after tellings of an order came in, in whatever sequence.</summary>
public sealed class OrderMergeTests(OrdersGround ground) : IClassFixture<OrdersGround>, IAsyncLifetime
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Eleven = Ten.AddMinutes(45);

    public Task InitializeAsync() => ground.EmptyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    private sealed record Version(string OrderNo, uint Xmin, string Ctid, DateTimeOffset AsOf);

    private Task<IReadOnlyList<Version>> VersionsAsync() =>
        ground.QueryAsync<Version>("select order_no, xmin::text::bigint::oid as xmin, ctid::text as ctid, as_of from orders order by order_no");

    private async Task<(string Status, decimal Amount, string PhoneKind, string? Last4)> OrderAsync(string no) =>
        (await ground.QueryAsync<(string, decimal, string, string?)>("select status, amount, phone_kind, phone_last4 from orders where order_no = @no", new { no })).Single();

    private static (int, int, int, int) Counts(ImportResult result) => (result.Summary.New, result.Summary.Changed, result.Summary.Unchanged, result.Summary.Rejected);

    [Fact]
    public async Task The_same_file_again_writes_no_row_version_even_when_it_tells_no_time()
    {
        var file = Csv.Of(Csv.Row("A1"), Csv.Row("A2", "delivered", deliveredAt: "2026-11-21 12:00:00"));
        Assert.Equal((2, 0, 0, 0), Counts(await ground.ImportAsync(file)));
        var before = await VersionsAsync();
        ground.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 0, 2, 0), Counts(await ground.ImportAsync(file)));
        Assert.Equal(before, await VersionsAsync());
    }

    [Fact]
    public async Task A_newer_file_with_the_same_content_only_moves_the_as_of_and_wakes_what_waited_for_fresh_data()
    {
        await ground.ImportAsync(Csv.Of(Csv.Row("A1")), asOf: Ten);
        await ground.ExecuteAsync("update candidates set blocked_reason = 'DataTooOld', due_at = @later", new { later = Ten.AddDays(9) });
        var updated = await ground.QueryAsync<DateTimeOffset>("select updated_at from orders");
        Assert.Equal((0, 0, 1, 0), Counts(await ground.ImportAsync(Csv.Of(Csv.Row("A1")) + "\n", asOf: Eleven)));
        Assert.Equal(Eleven, (await VersionsAsync())[0].AsOf);
        Assert.Equal(updated, await ground.QueryAsync<DateTimeOffset>("select updated_at from orders"));
        Assert.Equal([(null, true)], await ground.QueryAsync<(string?, bool)>("select blocked_reason, due_at < @later from candidates", new { later = Ten.AddDays(9) }));
    }

    [Fact]
    public async Task An_older_export_never_moves_an_order_back_nor_changes_it()
    {
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", "paid", "61.00", paidAt: "2026-11-21 09:00:00")), asOf: Eleven);
        var before = await VersionsAsync();
        Assert.Equal((0, 0, 1, 0), Counts(await ground.ImportAsync(Csv.Of(Csv.Row("A1", "unpaid", "59.80")), asOf: Ten)));
        Assert.Equal(before, await VersionsAsync());
        Assert.Equal(("Paid", 61.00m), (await OrderAsync("A1")) is var order ? (order.Status, order.Amount) : default);
    }

    [Fact]
    public async Task A_status_never_falls_even_by_a_newer_export()
    {
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", "paid", paidAt: "2026-11-21 09:00:00")), asOf: Ten);
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", "unpaid", "10.00")), asOf: Eleven);
        var order = await OrderAsync("A1");
        Assert.Equal(("Paid", 10.00m), (order.Status, order.Amount));
        Assert.Empty(await ground.QueryAsync<string>("select order_no from candidates"));
    }

    [Fact]
    public async Task A_higher_status_counts_also_from_an_older_export()
    {
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", "unpaid", "10.00")), asOf: Eleven);
        Assert.Equal((0, 1, 0, 0), Counts(await ground.ImportAsync(Csv.Of(Csv.Row("A1", "closed", "59.80")), asOf: Ten)));
        var order = await OrderAsync("A1");
        Assert.Equal(("Closed", 10.00m), (order.Status, order.Amount));
        Assert.Equal(Eleven, (await VersionsAsync())[0].AsOf);
        Assert.Empty(await ground.QueryAsync<string>("select order_no from candidates"));
    }

    [Fact]
    public async Task A_masked_phone_does_not_erase_a_known_number_and_a_late_number_is_learned()
    {
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", phone: "13800138001"), Csv.Row("A2", phone: "138****8002")), asOf: Ten);
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", phone: "138****8001", amount: "1.00"), Csv.Row("A2", phone: "138****8002", amount: "1.00")), asOf: Eleven);
        Assert.Equal(("Mobile", "8001"), (await OrderAsync("A1")) is var known ? (known.PhoneKind, known.Last4) : default);
        Assert.Equal("Masked", (await OrderAsync("A2")).PhoneKind);
        await ground.ImportAsync(Csv.Of(Csv.Row("A2", phone: "13800138002")), asOf: Ten);
        Assert.Equal(("Mobile", "8002", 1.00m), (await OrderAsync("A2")) is var learned ? (learned.PhoneKind, learned.Last4, learned.Amount) : default);
    }

    [Fact]
    public async Task The_kept_ciphertext_opens_only_for_its_own_order()
    {
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", phone: "18412345678-1234")), asOf: Ten);
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", phone: "18412345678-1234", amount: "1.00")), asOf: Eleven);
        var (cipher, hash) = (await ground.QueryAsync<(byte[], byte[])>("select phone_cipher, phone_hash from orders")).Single();
        var number = new PhoneNumber("+8618412345678", "1234");
        Assert.Equal(number.Canonical, ground.Vault.Decrypt(Callback.Database.PersonalData.DataPlace.OrderPhone(OrdersGround.Shop, "A1"), cipher));
        Assert.Equal(ground.Vault.PhoneKey(OrdersGround.Shop, number), hash);
        Assert.ThrowsAny<Exception>(() => ground.Vault.Decrypt(Callback.Database.PersonalData.DataPlace.OrderPhone(OrdersGround.Shop, "A2"), cipher));
    }

    [Fact]
    public async Task Files_give_the_same_orders_in_whatever_sequence_they_come()
    {
        (string Csv, DateTimeOffset AsOf)[] files =
        [
            (Csv.Of(Csv.Row("A1"), Csv.Row("A2", "paid", phone: "138****0000")), Ten),
            (Csv.Of(Csv.Row("A1", "paid", "60.00"), Csv.Row("A2", "shipped")), Eleven),
            (Csv.Of(Csv.Row("A1", "paid", "61.00"), Csv.Row("A2", "unpaid")), Eleven),
        ];
        var ends = new HashSet<string>();
        foreach (var sequence in (int[][])[[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0, 1, 2, 0]])
        {
            await ground.EmptyAsync();
            foreach (var file in sequence)
                await ground.ImportAsync(files[file].Csv, asOf: files[file].AsOf);
            var rows = await ground.QueryAsync<string>("select concat_ws('|', order_no, status, amount, encode(phone_hash, 'hex'), as_of, encode(content_hash, 'hex')) from orders order by order_no");
            ends.Add(string.Join('\n', rows));
        }
        Assert.Single(ends);
    }

    [Fact]
    public async Task Candidates_follow_the_status_in_the_same_breath()
    {
        await ground.ImportAsync(Csv.Of(Csv.Row("A1"), Csv.Row("A2", "shipped"), Csv.Row("A3", "delivered", deliveredAt: "2026-11-21 12:00:00"), Csv.Row("A4", "delivered")), asOf: Ten);
        var first = await ground.QueryAsync<string>("select purpose || ' ' || order_no || ' ' || to_char(due_at at time zone 'UTC', 'DD HH24:MI') from candidates order by order_no");
        Assert.Equal(["PaymentReminder A1 20 13:03", "DeliveryCallBack A3 21 04:00"], first);
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", "paid"), Csv.Row("A2", "delivered", deliveredAt: "2026-11-22 09:00:00"), Csv.Row("A3", "refunded")), asOf: Eleven);
        Assert.Equal(["DeliveryCallBack A2"], await ground.QueryAsync<string>("select purpose || ' ' || order_no from candidates"));
        var events = await ground.QueryAsync<string>("select order_no || ' ' || (details->>'from') || '>' || (details->>'to') from order_events order by order_no");
        Assert.Equal(["A1 Unpaid>Paid", "A2 Shipped>Delivered", "A3 Delivered>Refunded"], events);
    }

    [Fact]
    public async Task Marked_paid_at_the_desk_stays_paid_when_an_export_made_before_comes_in_and_loses_its_candidate()
    {
        await ground.ImportAsync(Csv.Of(Csv.Row("A1"), Csv.Row("A2")), asOf: Ten);
        var mark = new MarkPaid(ground.Db, ground.Time);
        Assert.IsType<MarkPaidResult.Marked>(await mark.RunAsync(OrdersGround.Clerk, OrdersGround.Shop, OrderNo.Parse("A1"), CancellationToken.None));
        Assert.Equal(new MarkPaidResult.NotUnpaid(OrderStatus.Paid), await mark.RunAsync(OrdersGround.Clerk, OrdersGround.Shop, OrderNo.Parse("A1"), CancellationToken.None));
        Assert.IsType<MarkPaidResult.NoSuchOrder>(await mark.RunAsync(OrdersGround.Clerk, OrdersGround.Shop, OrderNo.Parse("A9"), CancellationToken.None));
        await ground.ImportAsync(Csv.Of(Csv.Row("A1"), Csv.Row("A2")) + "\n", asOf: Eleven);
        Assert.Equal("Paid", (await OrderAsync("A1")).Status);
        Assert.Equal(["A2"], await ground.QueryAsync<string>("select order_no from candidates"));
        Assert.Equal(["order.marked-paid order:A1"], await ground.QueryAsync<string>("select action || ' ' || subject from audit where action like 'order.%'"));
    }

    [Fact]
    public async Task A_dial_gate_that_looks_at_an_order_is_waited_for()
    {
        await ground.ImportAsync(Csv.Of(Csv.Row("A1"), Csv.Row("A2")), asOf: Ten);
        await using var gate = await ground.Db.BeginAsync(OrdersGround.Shop, CancellationToken.None);
        Assert.Single(await gate.QueryAsync<string>("select status from orders where shop_id = 'plum' and order_no = 'A2' for share", null, CancellationToken.None));
        var import = ground.ImportAsync(Csv.Of(Csv.Row("A1", "paid"), Csv.Row("A2", "paid")), asOf: Eleven);
        await UntilAsync("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        Assert.False(import.IsCompleted);
        await gate.CommitAsync();
        Assert.Equal((0, 2, 0, 0), Counts(await import));
    }

    [Fact]
    public async Task An_import_that_died_kept_what_it_reported_and_is_completed_by_running_again()
    {
        var file = Csv.Of(Enumerable.Range(0, 50).Select(i => Csv.Row($"B{i:00}")));
        await ground.ExecuteAsync(
            """
            create function break_off() returns trigger language plpgsql as $$ begin raise exception 'the power is gone'; end $$;
            create trigger break_off before insert on orders for each row when (new.order_no = 'B25') execute function break_off()
            """);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.ImportAsync(file, batchRows: 10));
        Assert.Equal([("Failed", 18, 18L)], await ground.QueryAsync<(string, int, long)>("select state, rows_new, (select count(*) from orders) from imports"));
        await ground.ExecuteAsync("drop function break_off cascade");
        ground.Time.Advance(TimeSpan.FromMinutes(5));
        var before = (await VersionsAsync()).Take(18);
        Assert.Equal((32, 0, 18, 0), Counts(await ground.ImportAsync(file)));
        Assert.Equal(before, (await VersionsAsync()).Take(18));
    }

    [Fact]
    public async Task One_shop_never_sees_or_touches_anothers_orders()
    {
        await ground.ImportAsync(Csv.Of(Csv.Row("A1")), asOf: Ten);
        await ground.ImportAsync(Csv.Of(Csv.Row("A1", "paid")), asOf: Eleven, shop: new ShopId("maple"));
        Assert.Equal([("maple", "Paid"), ("plum", "Unpaid")], await ground.QueryAsync<(string, string)>("select shop_id, status from orders order by shop_id"));
        var hashes = await ground.QueryAsync<byte[]>("select distinct phone_hash from orders");
        Assert.Equal(2, hashes.Count);
        await Assert.ThrowsAsync<ShopUnknownException>(() => ground.ImportAsync(Csv.Of(Csv.Row("A1")), shop: new ShopId("nowhere")));
    }

    private async Task UntilAsync(string count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while ((await ground.QueryAsync<long>(count)).Single() == 0)
            patience.Token.ThrowIfCancellationRequested();
    }
}
