using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Callback.Web.Tests.Support;

/// <summary>Keeps what the program sends, byte by byte, whether or not the browser still wants it.</summary>
internal sealed class SentPages : IStartupFilter
{
    private readonly ConcurrentQueue<string> bodies = [];

    /// <summary>Every page, part of a page and JSON answer so far.</summary>
    public string All => string.Join('\n', bodies);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(KeepAsync);
        next(app);
    };

    private async Task KeepAsync(HttpContext context, RequestDelegate next)
    {
        var browser = context.Response.Body;
        using var kept = new Kept(browser);
        context.Response.Body = kept;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = browser;
            bodies.Enqueue(Encoding.UTF8.GetString(kept.Copy.ToArray()));
        }
    }

    /// <summary>Writes to both.</summary>
    private sealed class Kept(Stream browser) : Stream
    {
        public MemoryStream Copy { get; } = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => browser.Flush();

        public override Task FlushAsync(CancellationToken cancellation) => browser.FlushAsync(cancellation);

        public override void Write(byte[] buffer, int offset, int count)
        {
            Copy.Write(buffer, offset, count);
            browser.Write(buffer, offset, count);
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellation = default)
        {
            await Copy.WriteAsync(buffer, cancellation);
            await browser.WriteAsync(buffer, cancellation);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellation) => WriteAsync(buffer.AsMemory(offset, count), cancellation).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
