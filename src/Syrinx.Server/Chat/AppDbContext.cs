using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Syrinx.Search;
using Syrinx.Server.Keys;
using Syrinx.Server.OpenAi;

namespace Syrinx.Server.Chat;

/// <summary>How conversations and keys lie in the tables that <see cref="AppDb"/> creates.</summary>
internal sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<ConversationMessage> Messages => Set<ConversationMessage>();

    public DbSet<ApiKey> Keys => Set<ApiKey>();

    public DbSet<KeyDay> KeyDays => Set<KeyDay>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Conversation>(table =>
        {
            table.ToTable("conversations").HasKey(c => c.Id);
            table.Property(c => c.Id).HasColumnName("id");
            table.Property(c => c.Owner).HasColumnName("owner");
            table.Property(c => c.Title).HasColumnName("title");
            table.Property(c => c.CreatedAt).HasColumnName("created_at");
            table.Property(c => c.UpdatedAt).HasColumnName("updated_at");
            table.HasMany(c => c.Messages).WithOne().HasForeignKey(m => m.ConversationId);
        });
        modelBuilder.Entity<ConversationMessage>(table =>
        {
            table.ToTable("messages").HasKey(m => m.Id);
            table.Property(m => m.Id).HasColumnName("id");
            table.Property(m => m.ConversationId).HasColumnName("conversation_id");
            table.Property(m => m.Role).HasColumnName("role");
            table.Property(m => m.Text).HasColumnName("text");
            table.Property(m => m.Answer).HasColumnName("answer").HasConversion(new Json<Answer>());
            table.Property(m => m.ModelText).HasColumnName("model_text");
            table.Property(m => m.Model).HasColumnName("model");
            table.Property(m => m.Stopped).HasColumnName("stopped");
            table.Property(m => m.CreatedAt).HasColumnName("created_at");
        });
        modelBuilder.Entity<ApiKey>(table =>
        {
            table.ToTable("api_keys").HasKey(k => k.Id);
            table.Property(k => k.Id).HasColumnName("id");
            table.Property(k => k.Name).HasColumnName("name");
            table.Property(k => k.Hash).HasColumnName("hash");
            table.Property(k => k.Begin).HasColumnName("begin");
            table.Property(k => k.Priority).HasColumnName("priority");
            table.Property(k => k.CreatedAt).HasColumnName("created_at");
            table.Property(k => k.RevokedAt).HasColumnName("revoked_at");
            table.ComplexProperty(k => k.Limits, limits =>
            {
                limits.Property(l => l.RequestsPerMinute).HasColumnName("requests_per_minute");
                limits.Property(l => l.RequestsPerDay).HasColumnName("requests_per_day");
                limits.Property(l => l.TokensPerMinute).HasColumnName("tokens_per_minute");
                limits.Property(l => l.TokensPerDay).HasColumnName("tokens_per_day");
            });
        });
        modelBuilder.Entity<KeyDay>(table =>
        {
            table.ToTable("api_key_days").HasKey(u => new { u.KeyId, u.Day });
            table.Property(u => u.KeyId).HasColumnName("key_id");
            table.Property(u => u.Day).HasColumnName("day");
            table.Property(u => u.Requests).HasColumnName("requests");
            table.Property(u => u.Tokens).HasColumnName("tokens");
        });
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTime, long>(
        time => new DateTimeOffset(time).ToUnixTimeMilliseconds(),
        value => DateTimeOffset.FromUnixTimeMilliseconds(value).UtcDateTime);

    private sealed class Json<T>() : ValueConverter<T?, string?>(
        value => JsonSerializer.Serialize(value, ApiJson.Options), json => JsonSerializer.Deserialize<T>(json!, ApiJson.Options));
}
